using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Storage;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// What an element of each expression costs, with all that must be made for it and isn't kept, in nanoseconds of one worker. Rough figures of a machine that
/// reads memory at 19 GB/s from one core; only their relations matter, and none is changed by the machine at hand, so that plans are the same on all.
/// </summary>
internal sealed class Costs
{
    /// <summary>A simple operation in a fused kernel, whose operands are in the cache: 10 G elements a second.</summary>
    public const double Operation = 0.1;

    /// <summary>A division or a root, of which a core makes a vector of eight in some sixteen cycles.</summary>
    public const double Division = 0.5;

    /// <summary>A function that takes some twenty operations.</summary>
    public const double Transcendental = 2;

    /// <summary>A byte of memory, read once: 30 GB/s while other cores read, too.</summary>
    public const double ReadByte = 0.03;

    /// <summary>A byte that is kept: it is written to memory that may be new, where the first touch alone takes 0.1 ns to 0.4.</summary>
    public const double KeepByte = 0.3;

    /// <summary>A byte of a source that is cheap: an uncompressed file in the system's cache, 10 GB/s.</summary>
    public const double CheapByte = 0.1;

    /// <summary>A byte of a source that is expensive: a decoder of 500 MB/s.</summary>
    public const double ExpensiveByte = 2;

    /// <summary>A generated element: a random number.</summary>
    public const double Generated = 1;

    /// <summary>An element by a user's function, called through a delegate with an index.</summary>
    public const double Function = 50;

    /// <summary>A step more, with its tasks.</summary>
    public const double Step = 50_000;

    /// <summary>A kernel more that is compiled, which takes 2 to 5 ms unless it is known; but those that read what is kept are smaller, and known more often.</summary>
    public const double Kernel = 500_000;

    private const double Most = 1e12;

    private readonly Dictionary<ArrayExpression, double> _costs = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ArrayExpression> _kept = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ArrayExpression, ArrayExpression> _owners = new(ReferenceEqualityComparer.Instance);

    /// <param name="parentsFirst">All expressions. What several operations of a kernel share counts for the first of them.</param>
    public Costs(IReadOnlyList<ArrayExpression> parentsFirst)
    {
        foreach (ArrayExpression expression in parentsFirst)
        {
            if (expression is not Elementwise)
                continue;
            foreach (ArrayExpression input in expression.Inputs)
                _owners.TryAdd(input, expression);
        }
    }

    /// <summary>To make an element.</summary>
    public double Of(ArrayExpression expression) => _costs[expression];

    /// <summary>Computes an expression's cost from those of its inputs, which must be known.</summary>
    public double Add(ArrayExpression expression)
    {
        double cost = Math.Min(Most, expression switch
        {
            Source source => OfSource(source.Blocks),
            Delivered => ReadByte * expression.ElementType.Size,
            Constant => 0,
            View view => ToRead(view.Input) * Share(view),
            Concatenate concatenate => OfParts(concatenate),
            Elementwise elementwise => OfOperation(elementwise.Op) + OfOperands(elementwise),
            Reduce => ReadByte * expression.ElementType.Size,
            _ => ToRead(expression.Inputs[0]),
        });
        _costs[expression] = cost;
        return cost;
    }

    /// <summary>Says that an expression is kept: those who read it pay for reading alone.</summary>
    public void Keep(ArrayExpression expression) => _kept.Add(expression);

    public static double OfOperation(KernelOp op) => op switch
    {
        KernelOp.Exp or KernelOp.Log or KernelOp.Sin or KernelOp.Cos or KernelOp.Power or KernelOp.Remainder => Transcendental,
        KernelOp.Divide or KernelOp.Sqrt => Division,
        _ => Operation,
    };

    private static double OfSource(IBlockSource source) => source switch
    {
        MemorySource => ReadByte * source.ElementType.Size,
        IGeneratedSource => source.IsCheap ? Generated : Function,
        _ => (source.IsCheap ? CheapByte : ExpensiveByte) * source.ElementType.Size,
    };

    private double OfOperands(Elementwise elementwise)
    {
        double cost = 0;
        ReadOnlySpan<ArrayExpression> inputs = elementwise.Inputs;
        for (int i = 0; i < inputs.Length; i++)
            cost += _owners[inputs[i]] == elementwise && !inputs[..i].Contains(inputs[i]) ? ToRead(inputs[i]) : 0;
        return cost;
    }

    private double ToRead(ArrayExpression expression) => _kept.Contains(expression) ? ReadByte * expression.ElementType.Size : _costs[expression];

    private double OfParts(Concatenate concatenate)
    {
        double cost = 0;
        foreach (ArrayExpression part in concatenate.Inputs)
            cost += ToRead(part) * part.Shape[concatenate.Axis];
        return cost / Math.Max(1, concatenate.Shape[concatenate.Axis]);
    }

    /// <summary>Elements of the input that are made for an element of a view: fewer than one where the view repeats them, within a tile.</summary>
    private static double Share(View view)
    {
        const long TileElements = 1 << 16;
        Shape tile = Shape.Create(Recipes.TileCut.Extent(view.Shape, Recipes.Alignment.None(view.Shape.Rank), TileElements));
        double made = view.Map.Box(new Region(tile)).Length / (double)Math.Max(1, tile.Length);
        return Math.Min(made, 8); // what lies far apart is read one by one
    }
}
