using System.Text;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Puts files together that no library writes. Headers are of version 1, which has no checksums.</summary>
internal sealed class HostileBuilder
{
    private const int SuperblockBytes = 48;

    private readonly List<byte> _file = [.. new byte[SuperblockBytes]];

    public long End => _file.Count;

    public long Add(params byte[] bytes)
    {
        long at = End;
        _file.AddRange(bytes);
        _file.AddRange(new byte[(8 - _file.Count % 8) % 8]);
        return at;
    }

    public long Header(params (MessageKind Kind, byte[] Body)[] messages)
    {
        byte[] all = [.. messages.SelectMany(message => (byte[])[.. Number((ushort)message.Kind, 2), .. Number((message.Body.Length + 7) / 8 * 8, 2), 0, 0, 0, 0, .. Padded(message.Body)])];
        return Add([1, 0, .. Number(Math.Min(messages.Length, 0xFFFF), 2), .. Number(1, 4), .. Number(all.Length, 4), 0, 0, 0, 0, .. all]);
    }

    public long Dataset(long[] shape, byte[] type, byte[] layout, params (MessageKind Kind, byte[] Body)[] more) =>
        Header([(MessageKind.Dataspace, Space(shape)), (MessageKind.Datatype, type), (MessageKind.Layout, layout), .. more]);

    /// <summary>A file whose root has these members.</summary>
    public byte[] Build(params (string Name, long Address)[] members) => Build(Header([LinkTable, .. members.Select(member => Link(member.Name, member.Address))]));

    public byte[] Build(long root)
    {
        byte[] superblock = [0x89, .. "HDF\r\n\x1A\n"u8, 2, 8, 8, 0, .. Number(0, 8), .. Number(-1, 8), .. Number(End, 8), .. Number(root, 8)];
        byte[] file = [.. superblock, .. Number(Lookup3.Hash(superblock), 4), .. _file.Skip(SuperblockBytes)];
        return file;
    }

    public static (MessageKind Kind, byte[] Body) LinkTable { get; } = (MessageKind.LinkTable, [0, 0, .. Number(-1, 16)]);

    public static byte[] Int32Type { get; } = [0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0];

    public static byte[] ByteType { get; } = [0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0];

    public static byte[] TextType { get; } = [0x19, 1, 0, 0, 16, 0, 0, 0, .. ByteType];

    public static byte[] ReferenceType { get; } = [0x17, 0, 0, 0, 8, 0, 0, 0];

    public static (MessageKind Kind, byte[] Body) Gzip { get; } = (MessageKind.FilterPipeline, [2, 1, 1, 0, 0, 0, 1, 0, 4, 0, 0, 0]);

    public static byte[] Sequence(byte[] of) => [0x19, 0, 0, 0, 16, 0, 0, 0, .. of];

    public static (MessageKind Kind, byte[] Body) Link(string name, long address) =>
        (MessageKind.Link, [1, 1, .. Number(name.Length, 2), .. Encoding.ASCII.GetBytes(name), .. Number(address, 8)]);

    public static (MessageKind Kind, byte[] Body) Soft(string name, string target) =>
        (MessageKind.Link, [1, 9, 1, .. Number(name.Length, 2), .. Encoding.ASCII.GetBytes(name), .. Number(target.Length, 2), .. Encoding.ASCII.GetBytes(target)]);

    public static (MessageKind Kind, byte[] Body) Attribute(string name, byte[] type, long[] shape, byte[] data) => (MessageKind.Attribute,
        [3, 0, .. Number(name.Length + 1, 2), .. Number(type.Length, 2), .. Number(Space(shape).Length, 2), 0, .. Encoding.ASCII.GetBytes(name), 0, .. type, .. Space(shape), .. data]);

    public static byte[] Contiguous(long address, long bytes) => [3, 1, .. Number(address, 8), .. Number(bytes, 8)];

    /// <summary>One chunk for the whole, filtered to so many bytes, or not if 0.</summary>
    public static byte[] SingleChunk(long[] chunk, int elementSize, long address, long stored) =>
    [
        4, 2, (byte)(stored > 0 ? 2 : 0), (byte)(chunk.Length + 1), 8, .. chunk.Append(elementSize).SelectMany(size => Number(size, 8)), 1,
        .. (stored > 0 ? (byte[])[.. Number(stored, 8), 0, 0, 0, 0] : []), .. Number(address, 8),
    ];

    public static byte[] Number(long value, int bytes)
    {
        var number = new byte[bytes];
        for (int i = 0; i < bytes; i++)
            number[i] = (byte)(value >> 8 * Math.Min(i, 7));
        return number;
    }

    /// <summary>A collection of the global heap with one object.</summary>
    public long Collection(byte[] value) => Add([.. "GCOL"u8, 1, 0, 0, 0, .. Number(32 + (value.Length + 7) / 8 * 8, 8), 1, 0, 1, 0, 0, 0, 0, 0, .. Number(value.Length, 8), .. value]);

    private static byte[] Space(long[] shape) => [1, (byte)shape.Length, 0, 0, 0, 0, 0, 0, .. shape.SelectMany(size => Number(size, 8))];

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(8 - bytes.Length % 8) % 8]];
}
