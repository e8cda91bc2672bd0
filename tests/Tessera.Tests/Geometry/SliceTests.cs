using Tessera.Tests.Expressions;

namespace Tessera.Tests.Geometry;

public class SliceTests
{
    /// <summary>What Python's slices give, by walking: the definition that arithmetic must equal.</summary>
    [Fact]
    public void Every_slice_takes_what_walking_along_the_axis_takes()
    {
        long[] ends = [-12, -6, -5, -1, 0, 1, 4, 5, 6, 12, RandomViews.LeftOut];
        long[] steps = [1, 2, 3, 7, long.MaxValue, -1, -2, -5, long.MinValue];
        foreach (long size in (long[])[0, 1, 2, 5])
        {
            foreach ((long start, long stop, long step) in from start in ends from stop in ends from step in steps select (start, stop, step))
            {
                Slice slice = RandomViews.Slices([RandomViews.Range, start, stop, step])[0];
                (long first, long count, long by) = slice.Resolve(axis: 0, size);
                long[] taken = [.. Enumerable.Range(0, (int)count).Select(i => first + (i * by))];
                Assert.Equal(Walk(size, start, stop, step), taken);
            }
        }
    }

    [Fact]
    public void A_step_beyond_the_axis_takes_one_element_of_a_chunked_array()
    {
        ChunkedArray<long> x = ChunkedArray.Arange(10L, chunks: [3]);
        Assert.Equal([0], x[Slice.Every(long.MaxValue)].Compute());
        Assert.Equal([9], x[Slice.Every(long.MinValue)].Compute());
        Assert.Equal([4], ChunkedArray.Concatenate([x, x])[Slice.Of(4, null, long.MaxValue)].Compute());
    }

    [Fact]
    public void Bounds_and_indexes_reach_beyond_32_bits()
    {
        const long Far = 5_000_000_000;
        ChunkedArray<long> x = ChunkedArray.Arange(2 * Far);
        Assert.Equal([Far], x[Far].Reshape(1).Compute());
        Assert.Equal([Far, Far + 3, Far + 6], x[Slice.Between(Far, Far + 7, 3)].Compute());
        Assert.Equal([Far + 2, Far + 1], x[Slice.Between(Far + 2, Far, -1)].Compute());
        Assert.Equal(Far - 1, x[Slice.Between(Far + 1, long.MaxValue)].Length);
        Assert.Equal([$"{Far}", $"{Far}..{Far + 1}", $"Of({Far}, 1, -2)"], ((Slice[])[Far, Slice.Between(Far, Far + 1), Slice.Between(Far, 1, -2)]).Select(slice => slice.ToString()));
        Assert.Equal(Slice.Of(2, 5, 3), Slice.Between(2, 5, 3));
        Assert.Equal((Slice)3, (Slice)3L);
        Assert.NotEqual((Slice)3, (Slice)(3L + (1L << 32)));
        Assert.Contains($"Index {2 * Far} was asked for along axis 0", Assert.Throws<ArgumentOutOfRangeException>(() => x[2 * Far]).Message);
    }

    [Fact]
    public void Negative_indexes_and_bounds_are_refused_and_say_how_to_count_from_the_end()
    {
        Assert.StartsWith("The index -3 was given; indexes count from 0, and from the end as ^3.", Assert.Throws<ArgumentOutOfRangeException>(() => (Slice)(-3)).Message);
        Assert.StartsWith("The index -3 was given; indexes count from 0, and from the end as ^3.", Assert.Throws<ArgumentOutOfRangeException>(() => (Slice)(-3L)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => (Slice)long.MinValue);
        Assert.StartsWith("The start -1 was given", Assert.Throws<ArgumentOutOfRangeException>("start", () => Slice.Between(-1, 2)).Message);
        Assert.StartsWith("The stop -2 was given", Assert.Throws<ArgumentOutOfRangeException>("stop", () => Slice.Between(1, -2)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("step", () => Slice.Between(1, 2, 0));
    }

    [Fact]
    public void Slices_print_as_they_are_written()
    {
        Slice[] slices = [Slice.All, Range.EndAt(10), 1..^1, 3, ^1, Slice.Every(10), Slice.Reverse, Slice.Of(5, null, -2), Slice.NewAxis, Slice.Ellipsis];
        Assert.Equal(
            ["..", "0..10", "1..^1", "3", "^1", "Every(10)", "Every(-1)", "Of(5, null, -2)", "NewAxis", "Ellipsis"],
            slices.Select(slice => slice.ToString()));
    }

    private static long[] Walk(long size, long start, long stop, long step)
    {
        const long LeftOut = RandomViews.LeftOut;
        (long first, long end) = step > 0
            ? (start == LeftOut ? 0 : start < 0 ? Math.Max(0, start + size) : start,
               stop == LeftOut ? size : stop < 0 ? stop + size : Math.Min(stop, size))
            : (start == LeftOut ? size - 1 : start < 0 ? start + size : Math.Min(start, size - 1),
               stop == LeftOut ? -1 : stop < 0 ? Math.Max(-1, stop + size) : stop);
        var taken = new List<long>();
        for (Int128 at = first; step > 0 ? at < end : at > end; at += step)
            taken.Add((long)at);
        return [.. taken];
    }
}
