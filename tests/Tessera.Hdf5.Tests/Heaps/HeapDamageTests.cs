namespace Tessera.Hdf5Format.Tests;

/// <summary>Damaged heaps and the trees that lead to them end in objects or in an <see cref="InvalidDataException"/>.</summary>
public sealed class HeapDamageTests(HeapFiles files) : IClassFixture<HeapFiles>
{
    private const int MutantsOfEach = 800;

    [Theory]
    [InlineData("dense-few", DenseStorage.LinksByName)]
    [InlineData("dense-filtered-few", DenseStorage.LinksByName)]
    [InlineData("attributes-few", DenseStorage.AttributesByName)]
    public void Mutated_fractal_heaps_end_in_objects_or_a_refusal(string name, byte type)
    {
        using var folder = new TestFolder();
        byte[] sound = File.ReadAllBytes(files.PathOf(name));
        new Mutants(folder).Try(name, sound, MutantsOfEach, (path, _) => DenseStorage.Objects(path, type, sound));
    }

    [Fact]
    public void Mutated_large_fractal_heaps_end_in_objects_or_a_refusal()
    {
        using var folder = new TestFolder();
        byte[] sound = File.ReadAllBytes(files.PathOf("dense-ordered"));
        var mutants = new Mutants(folder);
        mutants.Try("dense-ordered", sound, 200, (path, _) => DenseStorage.Objects(path, DenseStorage.LinksByName, sound));
        mutants.RequireBoth();
    }

    [Fact]
    public void Mutated_old_groups_end_in_symbols_or_a_refusal()
    {
        using var folder = new TestFolder();
        byte[] sound = File.ReadAllBytes(files.PathOf("old-few"));
        var mutants = new Mutants(folder);
        mutants.Try("old-few", sound, 2 * MutantsOfEach, (path, _) => SymbolTableTests.Read(path, sound));
        mutants.RequireBoth();
    }

    [Fact]
    public void Mutated_global_heaps_end_in_objects_or_a_refusal()
    {
        using var folder = new TestFolder();
        byte[] sound = File.ReadAllBytes(files.PathOf("texts-few"));
        List<int> collections = Structures.All(sound, "GCOL");
        var mutants = new Mutants(folder);
        mutants.Try("texts-few", sound, MutantsOfEach, (path, random) =>
        {
            var heap = new GlobalHeap(Structures.Open(path));
            foreach (int collection in collections)
                heap.Read(collection, (uint)random.Next(1, 4));
        });
        mutants.RequireBoth();
    }

    [Fact]
    public void A_direct_block_that_changed_is_told_by_its_checksum()
    {
        using var folder = new TestFolder();
        byte[] bytes = File.ReadAllBytes(files.PathOf("dense-few"));
        bytes[Structures.All(bytes, "FHDB")[0] + 100] ^= 1;
        string path = folder.Put("changed.h5", bytes);
        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => DenseStorage.Objects(path, DenseStorage.LinksByName)).Message);
    }
}
