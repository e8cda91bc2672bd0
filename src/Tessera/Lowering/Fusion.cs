using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>
/// Gathers the elementwise operations above the inputs of a step into one kernel program. Operations shared within the chain are computed
/// once; a chain longer than <see cref="LongestProgram"/> goes on in kernels of its own, whose tiles this one reads.
/// </summary>
internal sealed class Fusion
{
    private const int LongestProgram = 64;

    private readonly ArrayExpression _expression;
    private readonly List<ArrayExpression> _inputs = [];
    private readonly List<Elementwise> _operations = []; // each after its operands
    private readonly HashSet<ArrayExpression> _seen = new(ReferenceEqualityComparer.Instance);
    private int _taken;

    /// <param name="expression">Its elementwise operations are gathered; one that isn't elementwise is its own only input.</param>
    public Fusion(ArrayExpression expression)
    {
        _expression = expression;
        Gather(expression);
        if (_taken > LongestProgram)
            GatherFirst();
    }

    /// <summary>What the operations are applied to in the end.</summary>
    public IReadOnlyList<ArrayExpression> Inputs => _inputs;

    public static FusedInputs Of(ArrayExpression expression, Func<ArrayExpression, Recipe> recipeOf) => new Fusion(expression).Build(recipeOf);

    private void Gather(ArrayExpression expression)
    {
        if (_taken > LongestProgram || !_seen.Add(expression))
            return;

        if (expression is not Elementwise elementwise)
        {
            _inputs.Add(expression);
            return;
        }

        _taken++;
        foreach (ArrayExpression operand in elementwise.Inputs)
            Gather(operand);
        _operations.Add(elementwise);
    }

    /// <summary>
    /// The first operations from the result down, none before all that read it: so what is left begins where few ways are, and not beside each operation of
    /// one way that goes deep.
    /// </summary>
    private void GatherFirst()
    {
        _inputs.Clear();
        _operations.Clear();
        _seen.Clear();
        var next = new PriorityQueue<ArrayExpression, (int Depth, int Number)>();
        Add(_expression);
        while (next.TryDequeue(out ArrayExpression? expression, out _))
        {
            if (expression is not Elementwise elementwise || _operations.Count == LongestProgram)
            {
                _inputs.Add(expression);
                continue;
            }

            _operations.Add(elementwise);
            foreach (ArrayExpression operand in elementwise.Inputs)
                Add(operand);
        }

        _operations.Reverse();

        void Add(ArrayExpression expression)
        {
            if (_seen.Add(expression))
                next.Enqueue(expression, (-expression.Depth, _seen.Count));
        }
    }

    private FusedInputs Build(Func<ArrayExpression, Recipe> recipeOf)
    {
        var program = new KernelProgramBuilder();
        var nodes = new Dictionary<ArrayExpression, int>(ReferenceEqualityComparer.Instance);
        var recipes = new Recipe[_inputs.Count];
        for (int i = 0; i < recipes.Length; i++)
        {
            recipes[i] = recipeOf(_inputs[i]);
            nodes.Add(_inputs[i], program.Input(_inputs[i].ElementType, FusedInputs.IsScalar(recipes[i], _expression.Shape)));
        }

        Span<int> operands = stackalloc int[3];
        foreach (Elementwise operation in _operations)
        {
            operands.Fill(-1);
            for (int i = 0; i < operation.Inputs.Length; i++)
                operands[i] = nodes[operation.Inputs[i]];
            nodes.Add(operation, program.Node(operation.Op, operation.ElementType, operands[0], operands[1], operands[2]));
        }

        program.Output(nodes[_expression], KernelOutputKind.Store);
        return new FusedInputs(_expression.Shape, recipes, program.Build());
    }
}
