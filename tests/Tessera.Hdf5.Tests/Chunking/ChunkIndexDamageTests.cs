namespace Tessera.Hdf5Format.Tests;

/// <summary>A damaged index ends in a table or in an <see cref="InvalidDataException"/>.</summary>
public sealed class ChunkIndexDamageTests(IndexFiles files) : IClassFixture<IndexFiles>
{
    private const int LargestSeed = 30_000;
    private const int MutantsOfEach = 120;

    [Fact]
    public void Mutated_indices_end_in_a_table_or_a_refusal()
    {
        using var folder = new TestFolder();
        var mutants = new Mutants(folder);
        foreach (IndexFile file in files.All.Where(file => file.Kind is not (1 or 2)))
        {
            byte[] sound = File.ReadAllBytes(files.PathOf(file));
            if (sound.Length > LargestSeed)
                continue;
            ChunkedLayout layout = file.Layout(sound);
            mutants.Try(file.File, sound, MutantsOfEach, (path, random) => Read(path, file, random.Next(8) > 0 ? layout : Changed(layout, random), random));
        }

        mutants.RequireBoth();
    }

    [Fact]
    public void A_tree_that_comes_back_to_itself_is_refused()
    {
        using var folder = new TestFolder();
        IndexFile file = files.All.Single(file => file.File == "tree1-filtered.h5");
        byte[] bytes = File.ReadAllBytes(files.PathOf(file));
        int root = Structures.Tree1(bytes, 1), firstChild = root + 24 + 8 + 24;
        Assert.Equal(1, bytes[root + 5]);
        bytes.AsSpan(firstChild, 8).CopyTo(bytes.AsSpan(firstChild + 8 + 32)); // the first leaf twice
        string path = folder.Put("twice.h5", bytes);
        Assert.Contains("reached twice", Assert.Throws<InvalidDataException>(() => Read(path, file, file.Layout(bytes), null)).Message);

        BitConverter.TryWriteBytes(bytes.AsSpan(firstChild), (long)root);
        path = folder.Put("cycle.h5", bytes);
        Assert.Contains("leads to level 0", Assert.Throws<InvalidDataException>(() => Read(path, file, file.Layout(bytes), null)).Message);
    }

    [Theory]
    [InlineData("fixed-few.h5", "FADB")]
    [InlineData("fixed-few.h5", "FAHD")]
    [InlineData("extensible-few.h5", "EAHD")]
    [InlineData("extensible-few.h5", "EAIB")]
    [InlineData("extensible-few.h5", "EADB")]
    [InlineData("extensible-user-block.h5", "EASB")]
    [InlineData("tree2-few.h5", "BTHD")]
    [InlineData("tree2-few.h5", "BTLF")]
    [InlineData("tree2-filtered.h5", "BTIN")]
    public void A_bit_that_flipped_is_told_by_the_checksum(string name, string signature)
    {
        using var folder = new TestFolder();
        IndexFile file = files.All.Single(file => file.File == name);
        byte[] bytes = File.ReadAllBytes(files.PathOf(file));
        ChunkedLayout layout = file.Layout(bytes);
        bytes[Structures.All(bytes, signature)[0] + 16] ^= 4;
        string path = folder.Put("flipped.h5", bytes);
        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => Read(path, file, layout, null)).Message);
    }

    [Fact]
    public void A_page_that_changed_is_told_by_its_checksum()
    {
        using var folder = new TestFolder();
        IndexFile file = files.All.Single(file => file.File == "fixed-paged.h5");
        byte[] bytes = File.ReadAllBytes(files.PathOf(file));
        bytes[Structures.Only(bytes, "FADB") + 14 + 1 + 4 + 9000] ^= 1; // in the second page
        string path = folder.Put("page.h5", bytes);
        Assert.Contains("page", Assert.Throws<InvalidDataException>(() => Read(path, file, file.Layout(bytes), null)).Message);
    }

    private static void Read(string path, IndexFile file, ChunkedLayout layout, Random? random)
    {
        Shape shape = Shape.Create(file.Shape);
        if (random?.Next(16) == 0)
            shape = Shape.Create([.. file.Shape.Select(size => random.NextInt64(3 * size))]);
        ChunkTable table = ChunkIndex.Read(Structures.Open(path, file.UserBlock, file.Sizes, file.Lengths), layout, shape, file.Filtered, CancellationToken.None);
        Assert.Equal(table.Count, table.Entries.Count());
        Assert.True(table.Entries.All(entry => entry.Value.Address >= 0 && entry.Value.Bytes >= 0));
    }

    /// <summary>What a damaged object header may state.</summary>
    private static ChunkedLayout Changed(ChunkedLayout layout, Random random) => random.Next(5) switch
    {
        0 => layout with { Index = (ChunkIndexKind)random.Next(7) },
        1 => layout with { Address = random.NextInt64(-1, 40_000) },
        2 => layout with { ElementSize = random.Next(-1, int.MaxValue) },
        3 => layout with { Chunk = Shape.Create([.. layout.Chunk.Select(size => random.NextInt64(3 * size))]) },
        _ => layout with { MaxSizes = [.. layout.Chunk.Select(_ => random.NextInt64(-1, 1L << random.Next(1, 63)))] },
    };
}
