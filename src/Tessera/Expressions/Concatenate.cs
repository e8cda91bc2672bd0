namespace Tessera.Expressions;

/// <summary>Arrays one after another along an axis. Stacking is this, over inputs that have a new axis of size 1.</summary>
internal sealed class Concatenate : ArrayExpression
{
    private Concatenate(ReadOnlySpan<ArrayExpression> inputs, int axis, ChunkGrid chunks)
        : base(inputs[0].ElementType, chunks, inputs)
    {
        Axis = axis;
        var sizes = new long[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            sizes[i] = inputs[i].Shape[axis];
        Parts = AxisGrid.Of(sizes);
    }

    public int Axis { get; }

    /// <summary>Where each input lies along the axis.</summary>
    public AxisGrid Parts { get; }

    /// <exception cref="ArgumentException">Shapes differ off the axis; names both and the input.</exception>
    public static Concatenate Of(ReadOnlySpan<ArrayExpression> inputs, int axis)
    {
        Shape first = inputs[0].Shape;
        var along = new List<long>();
        for (int i = 0; i < inputs.Length; i++)
        {
            Shape shape = inputs[i].Shape;
            bool fits = shape.Rank == first.Rank;
            for (int other = 0; fits && other < first.Rank; other++)
                fits = other == axis || shape[other] == first[other];
            if (!fits)
                throw new ArgumentException($"Array {i} of the sequence has the shape {shape} and array 0 has {first}; they may differ along axis {axis} only.", "arrays");
            if (shape[axis] > 0)
                along.AddRange(inputs[i].Chunks[axis]);
        }

        var axes = new AxisGrid[first.Rank];
        for (int other = 0; other < first.Rank; other++)
            axes[other] = other == axis ? AxisGrid.Of([.. along]) : inputs[0].Chunks[other];
        return new Concatenate(inputs, axis, new ChunkGrid(axes));
    }

    public override string Describe() => $"concatenate {Inputs.Length} along axis {Axis}";

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Concatenate(inputs, Axis, Chunks);

    public override bool HasSameParameters(ArrayExpression other) => other is Concatenate concatenate && concatenate.Axis == Axis;

    public override int ParametersHash => Axis;
}
