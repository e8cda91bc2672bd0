using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// Blosc 1, by its own library, which holds several codecs and shuffles by itself. All that decoding needs stands in a header of 16 bytes: version, the
/// codec's version, flags, the size of an element, and three 32-bit sizes, of the decoded bytes, of a block, and of the coded bytes with the header.
/// </summary>
internal sealed unsafe class BloscFilter() : ChunkFilter(KnownFilters.Blosc)
{
    private const int HeaderSize = 16;
    private const int NewestVersion = 2;

    private static readonly NativeCodec Codec = new(
        "blosc", KnownFilters.Blosc, ["libblosc.so.1", "libblosc.1.dylib", "blosc.dll", "libblosc.dll", "libblosc"], ("libblosc1", "blosc", "c-blosc", "blosc"));

    private static readonly delegate* unmanaged[Cdecl]<byte*, byte*, nuint, int, int> Decompress =
        (delegate* unmanaged[Cdecl]<byte*, byte*, nuint, int, int>)Codec.Find("blosc_decompress_ctx");

    // Came in version 1.16, together with a decoder that damaged bytes can't lead out of its buffers.
    private static readonly delegate* unmanaged[Cdecl]<byte*, nuint, nuint*, int> Validate =
        (delegate* unmanaged[Cdecl]<byte*, nuint, nuint*, int>)Codec.Find("blosc_cbuffer_validate");

    public override string Name => "blosc";

    public override long MostEncoded(long bytes) => bytes + HeaderSize;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int size = CheckedSize(source, destination.Length);
        if (size == 0)
            return 0;
        Codec.Require((nint)Decompress);
        Codec.Require((nint)Validate);
        fixed (byte* from = source, to = destination)
        {
            nuint stated;
            if (Validate(from, (nuint)source.Length, &stated) < 0 || stated != (nuint)size)
                throw Damaged("the library of blosc refuses their header");
            int written = Decompress(from, to, (nuint)size, 1);
            return written == size ? size : throw Damaged($"the library of blosc gives {written} bytes of {size}");
        }
    }

    /// <summary>The decoded size, once everything that the header says is known to fit.</summary>
    private int CheckedSize(ReadOnlySpan<byte> source, int room)
    {
        if (source.Length < HeaderSize)
            throw Damaged($"a header has {HeaderSize} bytes, and there are {source.Length}");
        int elementSize = source[3];
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
        uint block = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        uint coded = BinaryPrimitives.ReadUInt32LittleEndian(source[12..]);
        if (size > (uint)room)
            throw TooLong(room);
        if (source[0] is 0 or > NewestVersion || elementSize == 0 || coded < HeaderSize || coded > (uint)source.Length || block > size || (block == 0 && size > 0))
            throw Damaged($"a header of version {source[0]} states elements of {elementSize} bytes, {size} bytes in blocks of {block}, {coded} of {source.Length} stored bytes");
        return (int)size;
    }
}
