using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// Regroups the bits of elements, block by block, and compresses the blocks with LZ4 or Zstandard if it is told to. The parameters are two parts of a
/// version, the size of an element, the elements of a block (0: about 8 KB), and the compression (2 LZ4, 3 Zstandard). The last block has the
/// multiple of 8 elements that is left; up to 7 elements behind it are stored as they are. With compression, the decoded size (8 bytes) and that of a
/// block (4 bytes) stand in front, and before each block its coded size (4 bytes), big-endian.
/// </summary>
internal sealed class BitshuffleFilter(uint[] parameters) : ChunkFilter(KnownFilters.Bitshuffle)
{
    private const int HeaderSize = 12;
    private const int UsualBlock = 8192;
    private const int LeastUsualElements = 128;
    private const int Group = 8;
    private const uint Lz4 = 2;
    private const uint Zstd = 3;

    public override string Name => "bitshuffle";

    private uint Compression => parameters.Length > 4 ? parameters[4] : 0;

    private uint ElementSize => parameters.Length > 2 ? parameters[2] : 0;

    private uint BlockElements => parameters.Length > 3 ? parameters[3] : 0;

    // What LZ4 and Zstandard may add to a block, which is of one group of elements at least.
    public override long MostEncoded(long bytes) =>
        HeaderSize + bytes + bytes / 128 + 80 * (bytes / Math.Max(Group, (long)BlockElements * ElementSize is 0 ? UsualBlock : (long)BlockElements * ElementSize) + 2);

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (ElementSize is 0 or > int.MaxValue / Group || Compression is not (0 or Lz4 or Zstd))
            throw Damaged($"elements of {ElementSize} bytes and a compression {Compression} aren't possible");
        int size = (int)ElementSize;
        long length = source.Length, block = BlockElements == 0 ? Math.Max(UsualBlock / size / Group * Group, LeastUsualElements) : BlockElements;
        if (Compression != 0)
        {
            if (source.Length < HeaderSize)
                throw Damaged($"a header has {HeaderSize} bytes, and there are {source.Length}");
            length = BinaryPrimitives.ReadInt64BigEndian(source);
            block = BinaryPrimitives.ReadUInt32BigEndian(source[8..]) / size;
            source = source[HeaderSize..];
        }

        if (length < 0 || length > destination.Length)
            throw TooLong(destination.Length);
        if (length % size != 0 || block == 0 || block % Group != 0)
            throw Damaged($"{length} bytes in blocks of {block} elements of {size} bytes aren't possible");
        Undo(source, destination[..(int)length], size, block);
        return (int)length;
    }

    private void Undo(ReadOnlySpan<byte> source, Span<byte> elements, int size, long block)
    {
        int most = (int)Math.Min(block * size, elements.Length);
        using var buffer = new RentedBytes(Compression == 0 ? 0 : most);
        using ZstdLibrary zstd = Compression == Zstd ? new ZstdLibrary() : default;
        while (elements.Length >= Group * size)
        {
            int length = Math.Min(most, elements.Length) / (Group * size) * (Group * size);
            ReadOnlySpan<byte> rows = Compression == 0 ? Taken(ref source, length) : Decoded(ref source, buffer.Span[..length], in zstd);
            BitShuffle.Undo(rows, elements[..length], size);
            elements = elements[length..];
        }

        Taken(ref source, elements.Length).CopyTo(elements);
    }

    private ReadOnlySpan<byte> Decoded(ref ReadOnlySpan<byte> source, Span<byte> rows, in ZstdLibrary zstd)
    {
        uint size = BinaryPrimitives.ReadUInt32BigEndian(Taken(ref source, 4));
        ReadOnlySpan<byte> coded = Taken(ref source, (int)Math.Min(size, int.MaxValue));
        int written = Compression == Zstd ? zstd.Decode(coded, rows) : Lz4Block.Decode(coded, rows);
        return written == rows.Length ? rows : throw Damaged($"a block of {size} bytes can't be decoded to {rows.Length}");
    }

    private ReadOnlySpan<byte> Taken(ref ReadOnlySpan<byte> source, int count)
    {
        if (count > source.Length)
            throw Damaged($"{count} bytes should follow where they have {source.Length} left");
        ReadOnlySpan<byte> taken = source[..count];
        source = source[count..];
        return taken;
    }
}
