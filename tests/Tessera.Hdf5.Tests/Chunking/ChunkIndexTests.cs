namespace Tessera.Hdf5Format.Tests;

/// <summary>Indices find the chunks that h5py finds: the same bytes at the same places.</summary>
public sealed class ChunkIndexTests(IndexFiles files) : IClassFixture<IndexFiles>
{
    [Fact]
    public void Every_index_of_h5py_finds_the_same_chunks() =>
        Assert.All(files.All, file =>
        {
            byte[] bytes = File.ReadAllBytes(files.PathOf(file));
            ChunkTable table = Read(file, bytes, out FileBytes source);
            Assert.Equal(file.Count, table.Count);
            foreach (long[] chunk in file.Chunks)
            {
                Assert.True(table.TryGet(NumberOf(file, chunk[3..]), out ChunkEntry entry), $"chunk ({string.Join(", ", chunk[3..])}) isn't found");
                Assert.Equal((chunk[1], (uint)chunk[2]), (entry.Bytes, entry.FilterMask));
                Assert.Equal(chunk[0], Crc32.Of(source.Read(entry.Address, entry.Bytes)));
            }
        });

    [Fact]
    public void A_table_lists_what_it_finds_in_order() =>
        Assert.All(files.All, file =>
        {
            ChunkTable table = Read(file, File.ReadAllBytes(files.PathOf(file)), out _);
            KeyValuePair<long, ChunkEntry>[] entries = [.. table.Entries];
            Assert.Equal(table.Count, entries.Length);
            Assert.Equal([.. entries.Select(entry => entry.Key).Order().Distinct()], entries.Select(entry => entry.Key));
            Assert.True(entries.All(entry => table.TryGet(entry.Key, out ChunkEntry found) && found == entry.Value));
            Assert.False(table.TryGet(-1, out _));
            Assert.False(table.TryGet(long.MaxValue, out _));
        });

    [Fact]
    public void Chunks_do_not_overlap() =>
        Assert.All(files.All, file =>
        {
            long end = 0;
            foreach (ChunkEntry entry in Read(file, File.ReadAllBytes(files.PathOf(file)), out _).Entries.Select(pair => pair.Value).OrderBy(entry => entry.Address))
            {
                Assert.True(entry.Address >= end);
                end = entry.Address + entry.Bytes;
            }
        });

    [Fact]
    public void A_dataset_that_was_never_written_has_no_chunks()
    {
        IndexFile file = files.All[0];
        var layout = new ChunkedLayout(ChunkIndexKind.BTree1, FileBytes.Undefined, [2, 3], 4);
        Assert.Equal(0, ChunkIndex.Read(Structures.Open(files.PathOf(file)), layout, [7, 9], filtered: false, CancellationToken.None).Count);
    }

    [Fact]
    public void An_empty_dataset_has_no_chunks()
    {
        IndexFile file = files.All[0];
        ChunkedLayout layout = file.Layout(File.ReadAllBytes(files.PathOf(file)));
        Assert.Equal(0, ChunkIndex.Read(Structures.Open(files.PathOf(file)), layout, [7, 0], filtered: false, CancellationToken.None).Count);
    }

    [Fact]
    public void An_index_that_does_not_fit_the_dataset_is_refused()
    {
        IndexFile file = files.All.Single(file => file.File == "fixed-few.h5");
        ChunkedLayout layout = file.Layout(File.ReadAllBytes(files.PathOf(file)));
        FileBytes source = Structures.Open(files.PathOf(file));
        Assert.Contains("36 elements", Refused(layout with { MaxSizes = [60, 41] }, [30, 41]));
        Assert.Contains("without limit", Refused(layout with { MaxSizes = [-1, 41] }, [30, 41]));
        Assert.Contains("limit is 20", Refused(layout with { MaxSizes = [20, 41] }, [30, 41]));
        Assert.Contains("chunks of the shape", Refused(layout, [30]));
        Assert.Contains("kinds 0 to 5", Refused(layout with { Index = (ChunkIndexKind)9 }, [30, 41]));

        string Refused(ChunkedLayout wrong, Shape shape) =>
            Assert.Throws<InvalidDataException>(() => ChunkIndex.Read(source, wrong, shape, filtered: false, CancellationToken.None)).Message;
    }

    [Fact]
    public void Reading_an_index_can_be_cancelled() =>
        Assert.All(files.All, file => Assert.Throws<OperationCanceledException>(() => Read(file, File.ReadAllBytes(files.PathOf(file)), out _, cancelled: true)));

    private ChunkTable Read(IndexFile file, byte[] bytes, out FileBytes source, bool cancelled = false)
    {
        source = Structures.Open(files.PathOf(file), file.UserBlock, file.Sizes, file.Lengths);
        return ChunkIndex.Read(source, file.Layout(bytes), Shape.Create(file.Shape), file.Filtered, new CancellationToken(cancelled));
    }

    private static long NumberOf(IndexFile file, long[] place)
    {
        long number = 0;
        for (int axis = 0; axis < place.Length; axis++)
            number = number * ((file.Shape[axis] + file.Chunk[axis] - 1) / file.Chunk[axis]) + place[axis];
        return number;
    }
}
