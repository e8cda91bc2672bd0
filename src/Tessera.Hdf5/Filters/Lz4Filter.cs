using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// LZ4 in blocks. In front stand the decoded size (8 bytes) and that of a block (4 bytes), before each block its coded size (4 bytes), all big-endian;
/// a block whose coded size is the decoded one is stored as it is. The parameter is the size of a block, a gigabyte where it is left out.
/// </summary>
internal sealed class Lz4Filter(uint[] parameters) : ChunkFilter(KnownFilters.Lz4)
{
    private const int HeaderSize = 12;
    private const uint UsualBlock = 1 << 30;

    public override string Name => "lz4";

    public override long MostEncoded(long bytes) =>
        HeaderSize + bytes + 4 * (bytes / (parameters.Length > 0 && parameters[0] > 0 ? parameters[0] : UsualBlock) + 1);

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length < HeaderSize)
            throw Damaged($"a header has {HeaderSize} bytes, and there are {source.Length}");
        ulong size = BinaryPrimitives.ReadUInt64BigEndian(source);
        uint block = BinaryPrimitives.ReadUInt32BigEndian(source[8..]);
        if (size > (ulong)destination.Length)
            throw TooLong(destination.Length);
        if (block == 0 && size > 0)
            throw Damaged("they state blocks of no bytes");

        source = source[HeaderSize..];
        for (Span<byte> rest = destination[..(int)size]; !rest.IsEmpty;)
        {
            Span<byte> decoded = rest[..(int)Math.Min(block, (uint)rest.Length)];
            ReadOnlySpan<byte> coded = Next(ref source);
            if (coded.Length == decoded.Length)
                coded.CopyTo(decoded);
            else if (Lz4Block.Decode(coded, decoded) != decoded.Length)
                throw Damaged($"a block of {coded.Length} bytes can't be decoded to {decoded.Length}");
            rest = rest[decoded.Length..];
        }

        return (int)size;
    }

    private ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> source)
    {
        if (source.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(source) is var size && size > (uint)source.Length - 4)
            throw Damaged("a block reaches behind the last of them");
        ReadOnlySpan<byte> block = source.Slice(4, (int)size);
        source = source[(4 + (int)size)..];
        return block;
    }
}
