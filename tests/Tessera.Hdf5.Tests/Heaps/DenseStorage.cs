using System.IO.Compression;
using System.Text;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Reads links and attributes of dense storage as far as the tests of heaps need it: a B-tree of heap IDs, and their objects.</summary>
internal static class DenseStorage
{
    public const byte LinksByName = 5;
    public const byte LinksByOrder = 6;
    public const byte AttributesByName = 8;

    /// <summary>All objects to which a B-tree leads, in its order.</summary>
    public static List<byte[]> Objects(string path, byte type, byte[]? sound = null)
    {
        byte[] bytes = sound ?? File.ReadAllBytes(path);
        FileBytes file = Structures.Open(path);
        FractalHeap heap = FractalHeap.Read(file, Structures.Only(bytes, "FRHP"), Inflate);
        (int start, int length) = type switch
        {
            LinksByName => (4, 7),
            LinksByOrder => (8, 7),
            _ => (0, 8),
        };
        return [.. BTree2.Records(file, Structures.Tree2(bytes, type), type).Select(record => heap.Read(record.Span.Slice(start, length)))];
    }

    /// <summary>A hard link: flags tell of the kind, a creation order, a character set, and how wide the name's length is.</summary>
    public static (string Name, long Address) Link(byte[] message)
    {
        int flags = message[1];
        int at = 2 + ((flags & 8) != 0 ? 1 : 0) + ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        int width = 1 << (flags & 3);
        int length = message[at] | (width > 1 ? message[at + 1] << 8 : 0);
        return (Encoding.UTF8.GetString(message, at + width, length), BitConverter.ToInt64(message, at + width + length));
    }

    /// <summary>An attribute of version 3, of 32-bit integers: its name and its elements.</summary>
    public static (string Name, int[] Elements) Attribute(byte[] message)
    {
        int name = BitConverter.ToUInt16(message, 2), type = BitConverter.ToUInt16(message, 4), space = BitConverter.ToUInt16(message, 6);
        int data = 9 + name + type + space;
        var elements = new int[(message.Length - data) / 4];
        Buffer.BlockCopy(message, data, elements, 0, 4 * elements.Length);
        return (Encoding.UTF8.GetString(message, 9, name - 1), elements);
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> pipeline, byte[] stored, uint mask, int size)
    {
        if (!pipeline.Span.StartsWith<byte>([2, 1, 1, 0])) // version 2, one filter: gzip
            throw new FilterException("this is not the filter of the oracle's heaps");
        if ((mask & 1) != 0)
            return stored;
        var bytes = new byte[size];
        using var stream = new ZLibStream(new MemoryStream(stored), CompressionMode.Decompress);
        return bytes[..stream.ReadAtLeast(bytes, size, throwOnEndOfStream: false)];
    }
}
