using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Texts of variable length, which lie in the global heap.</summary>
public sealed class GlobalHeapTests(HeapFiles files) : IClassFixture<HeapFiles>
{
    [Theory]
    [InlineData("texts-few")]
    [InlineData("texts-many")]
    public void Every_text_of_variable_length_is_found(string name)
    {
        JsonElement told = files.Told(name);
        string[] texts = [.. told.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
        FileBytes file = Structures.Open(files.PathOf(name));
        byte[] elements = file.Read(told.GetProperty("at").GetInt64(), 16 * texts.Length);
        var heap = new GlobalHeap(file);
        Parallel.For(0, texts.Length, i => Assert.Equal(texts[i], Text(heap, elements.AsSpan(16 * i, 16))));
    }

    [Fact]
    public void An_object_that_is_not_there_is_refused()
    {
        string path = files.PathOf("texts-few");
        var heap = new GlobalHeap(Structures.Open(path));
        int collection = Structures.All(File.ReadAllBytes(path), "GCOL")[0];
        Assert.Contains("object 999", Assert.Throws<InvalidDataException>(() => heap.Read(collection, 999)).Message);
        Assert.Throws<InvalidDataException>(() => heap.Read(collection + 1, 1));
        Assert.Throws<InvalidDataException>(() => heap.Read(long.MaxValue, 1));
    }

    /// <summary>An element: how many bytes the text has, the collection's address, and the object's number.</summary>
    private static string Text(GlobalHeap heap, ReadOnlySpan<byte> element)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(element);
        uint index = BinaryPrimitives.ReadUInt32LittleEndian(element[12..]);
        return length == 0 ? "" : Encoding.UTF8.GetString(heap.Read(BinaryPrimitives.ReadInt64LittleEndian(element[4..]), index).Span[..length]);
    }
}
