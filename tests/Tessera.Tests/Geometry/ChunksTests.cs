namespace Tessera.Tests.Geometry;

public class ChunksTests
{
    [Fact]
    public void Sizes_of_chunks_of_an_empty_axis_are_not_negative()
    {
        Assert.Throws<ArgumentException>(() => ChunkedArray.Zeros<int>([0], chunks: [[-3, 3]]));
        Assert.Equal(0, ChunkedArray.Zeros<int>([0], chunks: [[0]]).Sum().Compute());
    }

    [Fact]
    public void The_chunks_of_an_array_are_asked_for_again_as_they_are()
    {
        ChunkedArray<int> regular = ChunkedArray.Zeros<int>([10, 7, 0], chunks: [4, 7, 1]), uneven = ChunkedArray.Zeros<int>([10, 7], chunks: [[3, 3, 4], 2]);
        Assert.Equal(regular.Chunks, ChunkedArray.Ones<byte>(regular.Shape, regular.Chunks).Chunks);
        Assert.Equal(uneven.Chunks, ChunkedArray.Ones<byte>(uneven.Shape).Rechunk(uneven.Chunks).Chunks);
        Assert.Equal(1, ChunkedArray.Zeros<int>([], ChunkedArray.Ones<int>([]).Chunks).Chunks.Count);
    }

    [Fact]
    public void Chunks_of_one_size_cut_axes_of_any_length_and_a_list_of_sizes_only_its_own()
    {
        Chunks chunks = ChunkedArray.Zeros<int>([10, 10], chunks: [4, [3, 7]]).Chunks;
        Assert.Equal("(4, [3, 7])", ChunkedArray.Zeros<int>([100, 10], chunks).Chunks.ToString());
        Assert.Contains("[3, 7], which add up to 10", Assert.Throws<ArgumentException>(() => ChunkedArray.Zeros<int>([10, 11], chunks)).Message);
    }

    [Fact]
    public void An_empty_array_that_was_joined_leaves_no_chunk_that_cannot_be_asked_for()
    {
        ChunkedArray<int> joined = ChunkedArray.Concatenate([ChunkedArray.Zeros<int>([3]), ChunkedArray.Zeros<int>([0]), ChunkedArray.Zeros<int>([5])]);
        Assert.Equal("([3, 5],)", joined.Rechunk(joined.Chunks).Chunks.ToString());
    }
}
