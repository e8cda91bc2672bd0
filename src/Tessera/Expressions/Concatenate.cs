using Tessera.Geometry;
using Tessera.Recipes;

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
        WaysOfElement = 0;
        foreach (ArrayExpression input in inputs)
            WaysOfElement = Math.Max(WaysOfElement, input.WaysOfElement);
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
            AxisGrid chunks = inputs[i].Chunks[axis];
            for (int chunk = 0; chunk < chunks.Count && shape[axis] > 0; chunk++)
                along.Add(chunks[chunk]);
        }

        var axes = new AxisGrid[first.Rank];
        for (int other = 0; other < first.Rank; other++)
            axes[other] = other == axis ? AxisGrid.Of([.. along]) : inputs[0].Chunks[other];
        return new Concatenate(inputs, axis, new ChunkGrid(axes));
    }

    /// <summary>The ways through those parts that a view sees.</summary>
    public override int WaysSeen(IndexMap map)
    {
        AxisMap along = map.Axes[Axis];
        long size = along.Axis < 0 ? 1 : map.Shape[along.Axis];
        if (Ways == 0 || size == 0)
            return 0;
        int one = Parts.IndexOf(along.Offset), other = size == 1 ? one : Parts.IndexOf(along.Offset + (along.Step * (size - 1)));
        return SumOfWays(Inputs[Math.Min(one, other)..(Math.Max(one, other) + 1)], static input => input.Ways);
    }

    public override bool AreInputsNamed(bool isResult) => false;

    public override double CostOf(Func<ArrayExpression, double> input)
    {
        double cost = 0;
        foreach (ArrayExpression part in Inputs)
            cost += input(part) * part.Shape[Axis];
        return cost / Math.Max(1, Shape[Axis]);
    }

    /// <summary>Along the axis only if all parts are cut at their beginnings, and alike.</summary>
    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input)
    {
        Alignment joined = Alignment.None(Shape.Rank);
        bool even = true;
        long length = Parts[0];
        foreach (ArrayExpression part in Inputs)
        {
            joined = joined.Join(input(part));
            even &= part.Shape[Axis] == length;
        }

        if (joined.Sizes[Axis] == 1)
            return joined;
        bool isWhole = even && length % joined.Sizes[Axis] == 0 && joined.Phases[Axis] == 0;
        return joined.With(Axis, isWhole ? joined.Sizes[Axis] : Math.Max(1, length), 0);
    }

    public override string Describe() => $"concatenate {Inputs.Length} along axis {Axis}";

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Concatenate(inputs, Axis, Chunks);

    public override bool HasSameParameters(ArrayExpression other) => other is Concatenate concatenate && concatenate.Axis == Axis;

    public override int ParametersHash => Axis;
}
