namespace Tessera.Tests.Recipes;

public class ReshapeTests
{
    private static readonly ComputeOptions AsWritten = new() { Scheduler = Schedulers.Serial, Optimize = false };

    [Fact]
    public void A_reshape_of_a_view_of_any_rank_can_be_combined()
    {
        ChunkedArray<long> rows = ChunkedArray.Arange(12L).Reshape(3, 4)[Slice.Reverse];
        Assert.Equal([9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4], (rows.Reshape(12) + 1).Compute(AsWritten));
        Assert.Equal([9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4], (rows.Reshape(12) + 1).Compute());
        Assert.Equal(7, (ChunkedArray.Arange(1L).Reshape() + 7).Compute(AsWritten)[0]);
    }

    [Fact]
    public void Nothing_of_a_reshape_is_nothing()
    {
        // Cut along the last axis, the rows of the region are no neighbours; there are none of them.
        ChunkedArray<long> grid = ChunkedArray.Arange(20L)[1..].Reshape(1, 19)[Slice.NewAxis].Reshape(19, 1, 1);
        Assert.Equal(0, grid[..0, ..0].Compute(AsWritten).FlattenedLength);
        Assert.Equal(0, grid[..0].Compute().FlattenedLength);
        Assert.Equal(0, grid[..0].Sum().Compute());
        Assert.Equal(0, (ChunkedArray.Arange(20L) * 3).Reshape(4, 5)[..0, ..2].Compute(AsWritten).FlattenedLength);
    }
}
