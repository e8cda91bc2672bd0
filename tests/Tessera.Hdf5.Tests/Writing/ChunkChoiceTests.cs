namespace Tessera.Hdf5Format.Tests;

public class ChunkChoiceTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Chunks_are_near_one_megabyte_and_lie_along_those_of_the_array()
    {
        var random = new Random(11);
        for (int i = 0; i < 2000; i++)
        {
            int rank = random.Next(1, 5), bytes = 1 << random.Next(4);
            Shape shape = [.. Enumerable.Range(0, rank).Select(_ => (long)Math.Exp(random.NextDouble() * 9))];
            Shape own = [.. shape.Select(size => random.NextInt64(1, size + 1))];
            ChunkGrid grid = Grid(shape, own);
            Shape chosen = ChunkChoice.Of(shape, bytes, grid, null);
            Assert.InRange(chosen.Length * bytes, 1, Megabyte);
            for (int axis = 0; axis < rank; axis++)
            {
                Assert.InRange(chosen[axis], 1, shape[axis]);
                Assert.True(grid[axis].Count == 1 || own[axis] % chosen[axis] == 0 || chosen[axis] % own[axis] == 0 || chosen[axis] == shape[axis], $"{shape} {own} {chosen}");
            }
        }
    }

    [Fact]
    public void Usual_arrays_get_usual_chunks()
    {
        Assert.Equal([1, 512, 1024], ChunkChoice.Of([1000, 2048, 2048], 2, Grid([1000, 2048, 2048], [1, 2048, 2048]), null));
        Assert.Equal([260, 1000], ChunkChoice.Of([1000, 1000], 4, Grid([1000, 1000], [10, 100]), null));
        Assert.Equal([16, 128, 128], ChunkChoice.Of([1000, 1024, 1024], 4, null, null));
        Assert.Equal([13, 128, 128], ChunkChoice.Of([200, 512, 512], 4, null, null));
        Assert.Equal([100], ChunkChoice.Of([100], 8, null, null));
        Assert.Equal([1], ChunkChoice.Of([0], 8, null, null));
        Assert.Equal([1024, 4], ChunkChoice.Of([0, 4], 4, null, [null, 4]));
        Assert.Equal([128, 32, 64], ChunkChoice.Of([3, 32, 64], 4, null, [null, 32, 64]));
        Assert.Equal(0, ChunkChoice.Of(Shape.Scalar, 8, null, null).Rank);
    }

    [Fact]
    public void Array_chunks_of_a_prime_size_are_cut_along_other_axes_where_there_are_any()
    {
        Shape shape = [4 * 1021, 4096];
        Assert.Equal([1021, 128], ChunkChoice.Of(shape, 8, Grid(shape, [1021, 4096]), null));
        Assert.Equal([131071], ChunkChoice.Of([3 * 131071], 8, Grid([3 * 131071], [131071]), null));
        Assert.Equal([1], ChunkChoice.Of([3 * 1048573], 8, Grid([3 * 1048573], [1048573]), null).Take(1));
    }

    [Fact]
    public void Pieces_of_a_dataset_without_chunks_lie_in_one_run_each()
    {
        Assert.Equal([1, 256, 1024], ChunkChoice.Slabs([100, 2048, 1024], 4));
        Assert.Equal([10, 16, 16], ChunkChoice.Slabs([10, 16, 16], 4));
        Assert.Equal([1, 1, 262144], ChunkChoice.Slabs([10, 16, 1 << 20], 4));
        Assert.Equal([1, 1], ChunkChoice.Slabs([0, 0], 4));
    }

    private static ChunkGrid Grid(Shape shape, Shape chunk) => ChunkedArray.Zeros<byte>(shape, [.. chunk.Select(size => (AxisChunks)size)]).Chunks;
}
