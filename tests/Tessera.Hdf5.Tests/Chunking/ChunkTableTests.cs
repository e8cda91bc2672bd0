namespace Tessera.Hdf5Format.Tests;

/// <summary>A table gives back what was put into it, whether few or most chunks of the grid are there, and in whatever order they came.</summary>
public sealed class ChunkTableTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FileBytes _file;

    public ChunkTableTests() => _file = Structures.Open(_folder.Put("file", new byte[1000]));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100, 100)]
    [InlineData(100, 50)]
    [InlineData(100, 3)]
    [InlineData(10_000_000_000_000, 700)]
    [InlineData(1, 1)]
    [InlineData(100, 0)]
    public void Chunks_are_found_in_whatever_order_they_came(long gridLength, int count)
    {
        var random = new Random(count);
        var entries = new Dictionary<long, ChunkEntry>();
        while (entries.Count < count)
            entries.TryAdd(random.NextInt64(gridLength), new ChunkEntry(random.NextInt64(long.MaxValue), random.Next(1000), (uint)random.Next()));
        foreach (IEnumerable<KeyValuePair<long, ChunkEntry>> order in new[] { entries.OrderBy(pair => pair.Key), entries.AsEnumerable() })
        {
            var builder = new ChunkTableBuilder(_file, gridLength);
            foreach ((long number, ChunkEntry entry) in order)
                builder.Add(number, entry, foundAt: 0);
            ChunkTable table = builder.Build();
            Assert.Equal(count, table.Count);
            Assert.Equal(entries.OrderBy(pair => pair.Key), table.Entries);
            for (long number = -2; number < 200; number++)
            {
                Assert.Equal(entries.TryGetValue(number, out ChunkEntry expected), table.TryGet(number, out ChunkEntry found));
                Assert.Equal(expected, found);
            }

            Assert.All(entries, pair => Assert.True(table.TryGet(pair.Key, out ChunkEntry found) && found == pair.Value));
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(6_000_000)]
    public void A_chunk_that_is_found_twice_is_refused(long gridLength)
    {
        var builder = new ChunkTableBuilder(_file, gridLength);
        foreach (int number in new[] { 3, 1, 3 })
            builder.Add(number, new ChunkEntry(8, 8, 0), foundAt: 0);
        Assert.Contains("two entries for chunk 3", Assert.Throws<InvalidDataException>(builder.Build).Message);
    }

    [Fact]
    public void What_no_file_can_hold_is_refused()
    {
        var builder = new ChunkTableBuilder(_file, 1);
        Assert.Throws<InvalidDataException>(() => builder.Add(0, new ChunkEntry(-1, 8, 0), 0));
        Assert.Throws<InvalidDataException>(() => builder.Add(0, new ChunkEntry(8, -8, 0), 0));
        Assert.Throws<InvalidDataException>(() => builder.Add(0, new ChunkEntry(8, 1001, 0), 0));
        builder.Add(0, new ChunkEntry(8, 8, 0), 0);
        Assert.Contains("more entries", Assert.Throws<InvalidDataException>(() => builder.Add(0, new ChunkEntry(8, 8, 0), 0)).Message);
    }
}
