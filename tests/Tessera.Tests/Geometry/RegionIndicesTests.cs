namespace Tessera.Tests.Geometry;

public class RegionIndicesTests
{
    [Fact]
    public void Every_index_comes_once_in_C_order()
    {
        var random = new Random(1);
        for (int turn = 0; turn < 200; turn++)
        {
            int rank = random.Next(0, 11); // with more axes than there is room for without allocating
            long[] start = [.. Enumerable.Range(0, rank).Select(_ => random.NextInt64(5))];
            Shape extent = [.. Enumerable.Range(0, rank).Select(_ => random.NextInt64(turn % 10 == 0 ? 0 : 1, rank > 5 ? 3 : 6))];
            int axes = random.Next(0, rank + 1);
            Assert.Equal(ByRecursion(start, extent.ToArray()), Text(new Region(start, extent).Indices()));
            Assert.Equal(ByRecursion(start[..axes], extent.ToArray()[..axes]), Text(new Region(start, extent).Indices(axes)));
        }
    }

    [Fact]
    public void The_position_of_an_index_counts_those_before_it()
    {
        Shape shape = [3, 4, 5];
        long place = 0, outer = 0;
        foreach (ReadOnlySpan<long> index in new Region(shape).Indices())
            Assert.Equal(place++, shape.PositionOf(index));
        foreach (ReadOnlySpan<long> index in new Region(shape).Indices(2))
            Assert.Equal(outer++, shape.PositionOf(index));
        Assert.Equal((60, 12), (place, outer));
        Assert.Equal(0, Shape.Scalar.PositionOf([]));
    }

    [Fact]
    public void Indices_are_gone_through_again_from_the_first()
    {
        RegionIndices indices = new Region([1, 2], [2, 2]).Indices();
        Assert.Equal(["1 2", "1 3", "2 2", "2 3"], Text(indices));
        Assert.Equal(["1 2", "1 3", "2 2", "2 3"], Text(indices));
    }

    [Fact]
    public void More_axes_than_there_are_are_refused()
    {
        Assert.Contains("has 2", Assert.Throws<ArgumentOutOfRangeException>(() => { new Region([1, 2], [2, 2]).Indices(3); }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => { new Region([1, 2], [2, 2]).Indices(-1); });
    }

    [Fact]
    public void A_walk_allocates_nothing()
    {
        var region = new Region([0, 0, 0], [10, 10, 10]);
        long sum = Walk(region); // once, so that it is compiled
        long before = GC.GetAllocatedBytesForCurrentThread();
        long again = Walk(region);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(sum, again);

        static long Walk(Region region)
        {
            long sum = 0;
            foreach (ReadOnlySpan<long> index in region.Indices())
                sum += index[0] + index[2];
            return sum;
        }
    }

    private static List<string> Text(RegionIndices indices)
    {
        var all = new List<string>();
        foreach (ReadOnlySpan<long> index in indices)
            all.Add(string.Join(' ', index.ToArray()));
        return all;
    }

    private static IEnumerable<string> ByRecursion(long[] start, long[] size, string before = "")
    {
        if (start.Length == 0)
            return [before];
        return Enumerable.Range(0, (int)size[0]).SelectMany(i => ByRecursion(start[1..], size[1..], before.Length == 0 ? $"{start[0] + i}" : $"{before} {start[0] + i}"));
    }
}
