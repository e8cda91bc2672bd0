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

    private readonly KernelProgramBuilder _program = new();
    private readonly List<Recipe> _inputs = [];
    private readonly Dictionary<ArrayExpression, int> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Func<ArrayExpression, Recipe> _recipeOf;
    private readonly Shape _shape;
    private int _operations;

    private Fusion(Shape shape, Func<ArrayExpression, Recipe> recipeOf) => (_shape, _recipeOf) = (shape, recipeOf);

    /// <summary>The fused inputs of an expression; one that isn't elementwise is its own only input.</summary>
    public static FusedInputs Of(ArrayExpression expression, Func<ArrayExpression, Recipe> recipeOf)
    {
        var fusion = new Fusion(expression.Shape, recipeOf);
        fusion._program.Output(fusion.Node(expression), KernelOutputKind.Store);
        return new FusedInputs(expression.Shape, [.. fusion._inputs], fusion._program.Build());
    }

    private int Node(ArrayExpression expression)
    {
        if (_nodes.TryGetValue(expression, out int known))
            return known;

        int node = expression is Elementwise elementwise && _operations++ < LongestProgram ? Operation(elementwise) : Input(expression);
        _nodes.Add(expression, node);
        return node;
    }

    private int Operation(Elementwise elementwise)
    {
        Span<int> operands = [-1, -1, -1];
        for (int i = 0; i < elementwise.Inputs.Length; i++)
            operands[i] = Node(elementwise.Inputs[i]);
        return _program.Node(elementwise.Op, elementwise.ElementType, operands[0], operands[1], operands[2]);
    }

    private int Input(ArrayExpression expression)
    {
        Recipe recipe = _recipeOf(expression);
        _inputs.Add(recipe);
        return _program.Input(expression.ElementType, FusedInputs.IsScalar(recipe, _shape));
    }
}
