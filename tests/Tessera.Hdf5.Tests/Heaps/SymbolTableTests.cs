using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Old-style groups: a version 1 B-tree, nodes of symbols, and a local heap.</summary>
public sealed class SymbolTableTests(HeapFiles files) : IClassFixture<HeapFiles>
{
    [Theory]
    [InlineData("old-few")]
    [InlineData("old-many")]
    [InlineData("old-long")]
    public void Every_link_of_an_old_group_is_found(string name)
    {
        JsonElement told = files.Told(name);
        IReadOnlyList<Symbol> symbols = Read(files.PathOf(name));
        string[] names = [.. told.GetProperty("names").EnumerateArray().Select(text => text.GetString()!)];
        Dictionary<string, string> soft = told.GetProperty("soft").Deserialize<Dictionary<string, string>>()!;
        Assert.Equal(names.Concat(soft.Keys).Order(StringComparer.Ordinal), symbols.Select(symbol => symbol.Name.Text));
        Assert.All(symbols, symbol =>
        {
            Assert.Equal(soft.GetValueOrDefault(symbol.Name.Text), symbol.Target is { } target ? FileText.Decode(target) : null);
            Assert.Equal(symbol.Target is null ? told.GetProperty("address").GetInt64() : FileBytes.Undefined, symbol.ObjectHeaderAddress);
            Assert.Equal(symbol.Target is null ? 0u : 2u, symbol.CacheType);
        });
    }

    [Fact]
    public void A_name_beyond_its_heap_is_refused()
    {
        string path = files.PathOf("old-few");
        LocalHeap heap = LocalHeap.Read(Structures.Open(path), Structures.Only(File.ReadAllBytes(path), "HEAP"));
        Assert.Contains("which has", Assert.Throws<InvalidDataException>(() => heap.Text(heap.Bytes).Length).Message);
        Assert.Throws<InvalidDataException>(() => heap.Text(-1).Length);
    }

    internal static IReadOnlyList<Symbol> Read(string path, byte[]? sound = null)
    {
        byte[] bytes = sound ?? File.ReadAllBytes(path);
        FileBytes file = Structures.Open(path);
        LocalHeap heap = LocalHeap.Read(file, Structures.Only(bytes, "HEAP"));
        return SymbolTable.Read(file, Structures.Tree1(bytes, 0), heap);
    }
}
