using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>One operation of the kernels, element by element, over inputs of one shape (broadcasts are views below it).</summary>
internal sealed class Elementwise : ArrayExpression
{
    private Elementwise(KernelOp op, ElementType type, ChunkGrid chunks, ReadOnlySpan<ArrayExpression> inputs)
        : base(type, chunks, inputs) => (Op, Ways, WaysOfElement) = (op, Math.Max(1, Ways), Math.Max(1, WaysOfElement));

    public KernelOp Op { get; }

    /// <summary>Over inputs that are broadcast against each other.</summary>
    /// <exception cref="ArgumentException">The shapes don't fit together; names both.</exception>
    public static Elementwise Of(KernelOp op, ElementType type, params ReadOnlySpan<ArrayExpression> inputs)
    {
        Shape shape = inputs[0].Shape;
        foreach (ArrayExpression input in inputs)
            shape = Broadcasting.Join(shape, input.Shape);

        var broadcast = new ArrayExpression[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            broadcast[i] = View.Broadcast(inputs[i], shape);
        return new Elementwise(op, type, Broadcasting.JoinChunks(shape, inputs), broadcast);
    }

    public override bool IsFused => true;

    public override bool MayBeKept => true;

    /// <summary>An operand that is given twice is made once.</summary>
    public override double CostOf(Func<ArrayExpression, double> input)
    {
        double cost = OperationTable.Of(Op).CostFor(ElementType);
        for (int i = 0; i < Inputs.Length; i++)
            cost += Inputs[..i].Contains(Inputs[i]) ? 0 : input(Inputs[i]);
        return cost;
    }

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input)
    {
        Alignment joined = Alignment.None(Shape.Rank);
        foreach (ArrayExpression operand in Inputs)
            joined = joined.Join(input(operand));
        return joined;
    }

    public override string Describe() => Op == KernelOp.Cast ? $"cast to {ElementType.Name}" : OperationTable.Of(Op).Name;

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Elementwise(Op, ElementType, Chunks, inputs);

    /// <summary>The same operation over views of the inputs.</summary>
    public Elementwise Over(ReadOnlySpan<ArrayExpression> inputs, ChunkGrid chunks) => new(Op, ElementType, chunks, inputs);

    public override bool HasSameParameters(ArrayExpression other) =>
        other is Elementwise elementwise && elementwise.Op == Op && elementwise.ElementType == ElementType;

    public override int ParametersHash => HashCode.Combine(Op, ElementType);
}
