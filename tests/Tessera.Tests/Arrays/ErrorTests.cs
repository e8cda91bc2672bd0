using Tessera.Tests.Storage;

namespace Tessera.Tests.Arrays;

/// <summary>An error says what came, what is allowed and, where it can, what to do.</summary>
public class ErrorTests
{
    private static readonly ChunkedArray<int> X = ChunkedArray.Zeros<int>([4, 6]);

    [Fact]
    public void An_index_out_of_range_names_axis_index_and_size()
    {
        Says<ArgumentOutOfRangeException>(() => X[1, 6], "Index 6", "axis 1", "size 6", "0 to 5");
        Says<ArgumentOutOfRangeException>(() => X[^5], "^5", "axis 0", "size 4");
        Says<ArgumentOutOfRangeException>(() => X[-1], "-1", "^1");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Zeros<int>([0])[0], "Index 0", "no elements");
    }

    [Fact]
    public void A_wrong_indexing_names_shape_and_number()
    {
        Says<ArgumentException>(() => X[0, 0, 0], "3 indexes", "(4, 6)", "2 axes");
        Says<ArgumentException>(() => X[Slice.Ellipsis, Slice.Ellipsis], "Two ellipses");
        Says<ArgumentOutOfRangeException>(() => Slice.Every(0), "step 0");
    }

    [Fact]
    public void Chunks_that_do_not_fit_name_axis_and_sizes()
    {
        Says<ArgumentException>(() => X.Rechunk([4, [1, 2]]), "Axis 1", "6 elements", "[1, 2]", "add up to 3");
        Says<ArgumentException>(() => X.Rechunk([4, [7, -1]]), "Axis 1", "[7, -1]", "positive");
        Says<ArgumentException>(() => X.Rechunk([0, 6]), "Axis 0", "size 0", "-1 for the whole axis");
        Says<ArgumentException>(() => X.Rechunk([4]), "(4, 6)", "2 axes", "for 1");
        Says<ArgumentException>(() => ChunkedArray.Zeros<int>([0], chunks: [[-5, 5]]), "Axis 0", "[-5, 5]", "positive");
        Says<ArgumentException>(() => ChunkedArray.Zeros<int>([4], chunks: [[long.MaxValue, long.MaxValue]]), "Axis 0", "4 elements");
        Says<ArgumentException>(() => ChunkedArray.Zeros<byte>([1L << 40], chunks: [1]), "1099511627776", "larger chunks");
    }

    [Fact]
    public void Shapes_that_do_not_fit_name_both()
    {
        Says<ArgumentException>(() => X + ChunkedArray.Zeros<int>([3, 6]), "(4, 6)", "(3, 6)", "axis -2");
        Says<ArgumentException>(() => X.Reshape(5, -1), "(4, 6)", "24 elements", "(5, -1)");
        Says<ArgumentOutOfRangeException>(() => X.Reshape(-2, -12), "Axis 0", "-2");
        Says<ArgumentException>(() => X.Reshape(0, -1), "(0, -1)");
        Says<ArgumentException>(() => X.Reshape(-1, -1), "2 sizes are -1", "one size may be -1");
        Says<OverflowException>(() => X.Reshape(long.MaxValue, 3), "9223372036854775807, 3");
        Says<ArgumentException>(() => X.BroadcastTo([4, 1]), "(4, 6)", "(4, 1)");
        Says<ArgumentException>(() => ChunkedArray.Stack([X, X[1..]]), "Array 1", "(3, 6)", "(4, 6)");
        Says<ArgumentException>(() => ChunkedArray.Concatenate([X, X.Transpose()]), "Array 1", "(6, 4)", "(4, 6)");
        Says<ArgumentException>(() => ChunkedArray.Stack<int>([]), "No arrays");
    }

    [Fact]
    public void Axes_that_do_not_exist_or_come_twice_are_named()
    {
        Says<ArgumentOutOfRangeException>(() => X.Sum(axis: 2), "Axis 2", "2 axes", "0 to 1");
        Says<ArgumentOutOfRangeException>(() => X.Mean(axes: [0, -3]), "Axis -3");
        Says<ArgumentException>(() => X.Max(axes: [1, -1]), "Axis -1", "twice");
        Says<ArgumentException>(() => X.Transpose(0), "1 axes", "for an array of 2");
        Says<ArgumentException>(() => X.Transpose(0, 0), "twice");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Stack([X], axis: 3), "Axis 3");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Concatenate([X], axis: 2), "Axis 2");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Full(1, Shape.Scalar).Sum(axis: 0), "Axis 0", "0 axes");
    }

    [Fact]
    public void Types_without_the_operation_are_named_with_a_remedy()
    {
        ChunkedArray<bool> truth = X > 0;
        Says<NotSupportedException>(() => truth + truth, "operator +", "bool", "Cast");
        Says<NotSupportedException>(() => truth.Max(), "bool", "Cast");
        Says<NotSupportedException>(() => X.Cast<double>() & 1.0, "operator &", "double");
        Says<NotSupportedException>(() => X.Cast<double>() << 1.0, "operator <<", "double");
        Says<NotSupportedException>(() => !X, "operator !", "int");
        Says<NotSupportedException>(() => ChunkedArray.Zeros<decimal>([1]), "Decimal", "double");
        Says<NotSupportedException>(() => ChunkedArray.Arange(3m), "Decimal");
        Says<ArgumentException>(() => ChunkedArray.FromArray<int>(new long[3]), "Int64", "Int32", "Cast");
        Says<ArgumentException>(() => ChunkedArray.FromSource<long>(ArraySource.OfZeros([2], [1])), "array source", "int", "long");
        Says<ArgumentException>(() => ChunkedArray.FromSource<int>(ArraySource.OfZeros([2], [1, 1])), "array source", "(2,)", "(1, 1)", "rank");
    }

    [Fact]
    public void The_extreme_of_nothing_is_refused_when_it_is_asked_for()
    {
        ChunkedArray<int> none = X[..0];
        Says<InvalidOperationException>(() => none.Min(), "min", "(0, 6)");
        Says<InvalidOperationException>(() => none.ArgMax(axis: 0), "argmax", "(0, 6)");
        Assert.Equal(0, none.Max(axis: 1).Length);
        Assert.Equal((false, true, 0L), (none.Any().Compute(), none.All().Compute(), none.CountNonZero().Compute()));
    }

    [Fact]
    public void Sizes_that_no_array_has_are_named()
    {
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Zeros<int>([3, -1]), "Axis 1", "-1");
        Says<OverflowException>(() => ChunkedArray.Zeros<int>([1L << 40, 1L << 40]), "1099511627776", "elements");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Linspace(0, 1, -1), "-1");
        Says<ArgumentOutOfRangeException>(() => new ComputeOptions { MemoryBudget = 0 }, "0 bytes");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Arange(0, 5, 0), "by 0");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Arange(0, double.NaN, 1), "NaN");
        Says<ArgumentOutOfRangeException>(() => ChunkedArray.Arange(0UL, ulong.MaxValue, 1UL), "18446744073709551615 elements");
        Says<NotSupportedException>(() => ChunkedArray.Zeros<byte>([1L << 32]).Compute(new ComputeOptions { MemoryBudget = long.MaxValue }), "4294967296", "Persist()", "Save");
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Says<ArgumentNullException>(() => X + (ChunkedArray<int>)null!, "right");
        Says<ArgumentNullException>(() => ChunkedArray.From((int[])null!), "elements");
        Says<ArgumentNullException>(() => ChunkedArray.FromSource<int>(null!), "source");
        Says<ArgumentNullException>(() => ChunkedArray.Stack<int>(null!), "arrays");
        Says<ArgumentNullException>(() => ChunkedArray.Where(null!, X, X), "condition");
    }

    private static void Says<TError>(Func<object> act, params string[] parts)
        where TError : Exception
    {
        var error = Assert.Throws<TError>(() => { act(); });
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
