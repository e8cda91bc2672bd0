namespace Tessera.Tests.Geometry;

public class ChunksTests
{
    [Fact]
    public void Sizes_of_chunks_of_an_empty_axis_are_not_negative()
    {
        Assert.Throws<ArgumentException>(() => ChunkedArray.Zeros<int>([0], chunks: [[-3, 3]]));
        Assert.Equal(0, ChunkedArray.Zeros<int>([0], chunks: [[0]]).Sum().Compute());
    }
}
