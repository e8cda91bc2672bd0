using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>
/// A reduction over some axes, which go away. The reduction says what is accumulated and what comes out:
/// a sum, a product, a minimum, a maximum, a variance, the index of an extreme.
/// </summary>
internal sealed class Reduce : ArrayExpression
{
    private readonly int[] _axes;

    private Reduce(Reduction reduction, ArrayExpression input, int[] axes, ChunkGrid chunks)
        : base(reduction.ResultType, chunks, input) => (Reduction, _axes) = (reduction, axes);

    public Reduction Reduction { get; }

    public ArrayExpression Input => Inputs[0];

    /// <summary>The axes that go away, ascending.</summary>
    public ReadOnlySpan<int> Axes => _axes;

    /// <summary>Elements that go into one element of the result.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (int axis in _axes)
                count *= Input.Shape[axis];
            return count;
        }
    }

    public static Reduce Of(Reduction reduction, ArrayExpression input, ReadOnlySpan<int> axes)
    {
        int[] reduced = axes.ToArray();
        return new Reduce(reduction, input, reduced, Keep(input, reduced));
    }

    /// <summary>The same reduction over another input, whose kept axes are those of this one seen through a view.</summary>
    public Reduce Over(ArrayExpression input, ReadOnlySpan<int> axes) => Of(Reduction, input, axes);

    public bool IsReduced(int axis) => Array.IndexOf(_axes, axis) >= 0;

    public override bool AreInputsNamed(bool isResult) => isResult;

    public override bool IsInBlocks => true;

    public override double CostOf(Func<ArrayExpression, double> input) => Cost.Reading(ElementType);

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) => Alignment.None(Shape.Rank);

    public override string Describe() =>
        $"{Reduction.Name} over {(_axes.Length == Input.Shape.Rank ? "all" : _axes.Length == 1 ? $"axis {_axes[0]}" : $"axes {string.Join(", ", _axes)}")}";

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Reduce(Reduction, inputs[0], _axes, Chunks);

    public override bool HasSameParameters(ArrayExpression other) =>
        other is Reduce reduce && reduce.Reduction.Equals(Reduction) && reduce._axes.AsSpan().SequenceEqual(_axes);

    public override int ParametersHash => HashCode.Combine(Reduction, _axes.Length, _axes.Length > 0 ? _axes[0] : -1);

    private static ChunkGrid Keep(ArrayExpression input, int[] reduced) =>
        new([.. Enumerable.Range(0, input.Shape.Rank).Where(axis => !reduced.Contains(axis)).Select(axis => input.Chunks[axis])]);
}
