using System.Buffers.Binary;
using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Fractal heaps and the version 2 B-trees that lead to their objects.</summary>
public sealed class FractalHeapTests(HeapFiles files) : IClassFixture<HeapFiles>
{
    [Theory]
    [InlineData("dense-few")]
    [InlineData("dense-many")]
    [InlineData("dense-ordered")]
    [InlineData("dense-long")]
    [InlineData("dense-filtered-few")]
    [InlineData("dense-filtered")]
    public void Every_link_of_a_large_group_is_found(string name)
    {
        JsonElement told = files.Told(name);
        (string Name, long Address)[] links = [.. DenseStorage.Objects(files.PathOf(name), DenseStorage.LinksByName).Select(DenseStorage.Link)];
        string[] names = [.. told.GetProperty("names").EnumerateArray().Select(text => text.GetString()!)];
        Assert.Equal(names.Order(StringComparer.Ordinal), links.Select(link => link.Name).Order(StringComparer.Ordinal));
        Assert.All(links, link => Assert.Equal(told.GetProperty("address").GetInt64(), link.Address));
    }

    [Fact]
    public void Links_by_creation_order_come_in_that_order()
    {
        string path = files.PathOf("dense-ordered");
        string[] names = [.. DenseStorage.Objects(path, DenseStorage.LinksByOrder).Select(message => DenseStorage.Link(message).Name)];
        Assert.Equal("target", names[0]); // which was there first; the others are numbered
        Assert.Equal(names[1..].Order(StringComparer.Ordinal), names[1..]);
        Assert.Equal(1001, names.Length);
    }

    [Theory]
    [InlineData("attributes-few")]
    [InlineData("attributes-many")]
    [InlineData("attributes-huge")]
    public void Every_attribute_is_found_however_large(string name)
    {
        int[] counts = [.. files.Told(name).GetProperty("counts").EnumerateArray().Select(count => count.GetInt32())];
        Dictionary<string, int[]> attributes = DenseStorage.Objects(files.PathOf(name), DenseStorage.AttributesByName)
            .Select(DenseStorage.Attribute).ToDictionary(attribute => attribute.Name, attribute => attribute.Elements);
        Assert.Equal(counts.Length, attributes.Count);
        Assert.All(Enumerable.Range(0, counts.Length), i =>
        {
            int[] elements = attributes[$"attribute {i}"];
            Assert.Equal(counts[i], elements.Length);
            Assert.Equal(-1, elements.AsSpan().IndexOfAnyExcept(i + 1));
        });
    }

    [Fact]
    public void Threads_read_one_heap_at_once()
    {
        string path = files.PathOf("dense-many");
        byte[] bytes = File.ReadAllBytes(path);
        FileBytes file = Structures.Open(path);
        FractalHeap heap = FractalHeap.Read(file, Structures.Only(bytes, "FRHP"));
        ReadOnlyMemory<byte>[] ids = [.. BTree2.Records(file, Structures.Tree2(bytes, 5), 5).Select(record => record[4..])];
        string[] expected = [.. ids.Select(id => DenseStorage.Link(heap.Read(id.Span)).Name)];
        FractalHeap fresh = FractalHeap.Read(file, Structures.Only(bytes, "FRHP"));
        Parallel.For(0, ids.Length, i => Assert.Equal(expected[i], DenseStorage.Link(fresh.Read(ids[i].Span)).Name));
    }

    [Fact]
    public void A_filtered_heap_needs_filters()
    {
        string path = files.PathOf("dense-filtered-few");
        byte[] bytes = File.ReadAllBytes(path);
        FileBytes file = Structures.Open(path);
        FractalHeap heap = FractalHeap.Read(file, Structures.Only(bytes, "FRHP"));
        byte[] id = BTree2.Records(file, Structures.Tree2(bytes, 5), 5).First()[4..].ToArray();
        Assert.Throws<NotSupportedException>(() => heap.Read(id));
    }

    /// <summary>IDs of a heap that no program writes often: made by hand, with IDs of any length.</summary>
    [Theory]
    [InlineData(8, 0x22, new byte[] { 1, 2, 3, 4, 5 }, new byte[] { 1, 2, 3 })]
    [InlineData(18, 0x20, new byte[] { 9 }, new byte[] { 9 })]
    [InlineData(20, 0x20, new byte[] { 3, 5, 6, 7, 8, 9 }, new byte[] { 5, 6, 7, 8 })] // a long one: the second byte has the length, too
    [InlineData(17, 0x10, new byte[] { 4, 0, 0, 0, 0, 0, 0, 0, 3 }, new byte[] { 2, 0, 0 })] // a huge one, with its place in the ID
    public void Small_and_huge_objects_are_found_by_their_ids(int idLength, byte first, byte[] rest, byte[] expected)
    {
        using var folder = new TestFolder();
        byte[] id = [first, .. rest, .. new byte[idLength]];
        if (first == 0x10)
            Assert.Equal(expected.Length, id[9]);
        byte[] heap = Header(idLength);
        FractalHeap read = FractalHeap.Read(Structures.Open(folder.Put("heap", [.. heap])), 0);
        byte[] found = read.Read(id);
        Assert.Equal(first == 0x10 ? heap[4..7] : expected, found);
    }

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x30)]
    [InlineData(0xC0)]
    public void An_id_of_no_kind_is_refused(byte first)
    {
        using var folder = new TestFolder();
        FractalHeap heap = FractalHeap.Read(Structures.Open(folder.Put("heap", Header(8))), 0);
        Assert.Contains("no kind of object", Assert.Throws<InvalidDataException>(() => heap.Read([first, .. new byte[7]])).Message);
        Assert.Contains("have 8 bytes", Assert.Throws<InvalidDataException>(() => heap.Read([0x20])).Message);
        Assert.Throws<InvalidDataException>(() => heap.Read(new byte[8])); // a managed one, and there are no blocks
        Assert.Throws<InvalidDataException>(() => heap.Read([0x10, .. new byte[7]])); // a huge one, and there is no B-tree
    }

    /// <summary>The header of a heap without blocks, filters, and huge objects: 8 bytes each for addresses and lengths.</summary>
    private static byte[] Header(int idLength)
    {
        byte[] header = new byte[26 + 15 * 8];
        "FRHP"u8.CopyTo(header);
        header[5] = (byte)idLength;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), 4096);
        header.AsSpan(22, 8).Fill(0xFF);
        header[110] = 4; // blocks in a row
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(112), 512);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(120), 65536);
        header[128] = 32; // bits of the heap's space
        header.AsSpan(132, 8).Fill(0xFF);
        Structures.Seal(header, [(0, header.Length - 4)]);
        return header;
    }
}
