using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>What an element of each expression costs, with all that must be made for it and isn't kept (see <see cref="Cost"/>), and what keeping costs.</summary>
internal sealed class Costs
{
    /// <summary>A byte that is kept: it is written to memory that may be new, where the first touch alone takes 0.1 ns to 0.4.</summary>
    private const double KeepByte = 0.3;

    /// <summary>A step more, with its tasks.</summary>
    public const double Step = 50_000;

    /// <summary>A kernel more that is compiled, which takes 2 to 5 ms unless it is known; but those that read what is kept are smaller, and known more often.</summary>
    private const double Kernel = 500_000;

    private const double Most = 1e12;

    private readonly Dictionary<ArrayExpression, double> _costs;
    private readonly HashSet<ArrayExpression> _kept = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ArrayExpression, ArrayExpression> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly Func<ArrayExpression, double> _toRead;

    /// <param name="parentsFirst">All expressions. What several operations of a kernel share counts for the first of them.</param>
    public Costs(IReadOnlyList<ArrayExpression> parentsFirst)
    {
        (_costs, _toRead) = (new(parentsFirst.Count, ReferenceEqualityComparer.Instance), ToRead);
        foreach (ArrayExpression expression in parentsFirst)
        {
            if (!expression.IsFused)
                continue;
            foreach (ArrayExpression input in expression.Inputs)
                _owners.TryAdd(input, expression);
        }
    }

    /// <summary>To keep so many elements, asked for so often, over making them. Of what only moves elements each input is kept by a step of its own.</summary>
    public static double OfKeeping(ArrayExpression expression, double asked, long elements)
    {
        bool isCompiled = expression.IsFused && elements >= Lowerer.WorthCompiling;
        return (Step * (expression.MayBeKept ? 1 : expression.Inputs.Length)) + (isCompiled ? Kernel : 0) + ((double)expression.ElementType.Size * elements * KeepByte) + (asked * Cost.Reading(expression.ElementType));
    }

    /// <summary>Of an operation alone, without its operands.</summary>
    public static double OfOperation(ArrayExpression expression) => expression.CostOf(static _ => 0);

    /// <summary>To make an element.</summary>
    public double Of(ArrayExpression expression) => _costs[expression];

    /// <summary>Computes an expression's cost from those of its inputs, which must be known.</summary>
    public double Add(ArrayExpression expression)
    {
        double cost = Math.Min(Most, expression.IsFused ? expression.CostOf(input => _owners[input] != expression ? 0 : ToRead(input)) : expression.CostOf(_toRead));
        _costs[expression] = cost;
        return cost;
    }

    /// <summary>Says that an expression is kept: those who read it pay for reading alone.</summary>
    public void Keep(ArrayExpression expression) => _kept.Add(expression);

    private double ToRead(ArrayExpression expression) => _kept.Contains(expression) ? Cost.Reading(expression.ElementType) : _costs[expression];
}
