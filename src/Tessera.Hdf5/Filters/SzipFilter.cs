using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// Szip, the extended Rice coding of CCSDS 121.0-B, by the library libaec under the interface that it shares with the original. The parameters are the
/// options, the pixels of a block, the bits of a pixel and the pixels of a scan line; four bytes before the coded ones tell how many come out.
/// </summary>
internal sealed unsafe class SzipFilter(uint[] parameters) : ChunkFilter(KnownFilters.Szip)
{
    // The limits of the library's header.
    private const int MostPixelsPerBlock = 32;
    private const int MostPixelsPerScanLine = 4096;

    private static readonly NativeCodec Codec = new(
        "szip", KnownFilters.Szip, ["libsz.so.2", "libsz.2.dylib", "szip.dll", "sz.dll", "libsz.dll", "libsz"], ("libsz2", "libaec", "libaec", "libaec"));

    private static readonly delegate* unmanaged[Cdecl]<byte*, nuint*, byte*, nuint, Settings*, int> Decompress =
        (delegate* unmanaged[Cdecl]<byte*, nuint*, byte*, nuint, Settings*, int>)Codec.Find("SZ_BufftoBuffDecompress");

    public override string Name => "szip";

    public override long MostEncoded(long bytes) => bytes + bytes / 2 + 64;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Settings settings = Checked();
        if (source.Length < 4)
            throw Damaged($"4 bytes should tell their decoded size, and there are {source.Length}");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(source);
        if (size > (uint)destination.Length)
            throw TooLong(destination.Length);
        if (size == 0)
            return 0;
        if (source.Length == 4)
            throw Damaged("nothing follows their decoded size");

        Codec.Require((nint)Decompress);
        fixed (byte* from = source, to = destination)
        {
            nuint written = size;
            int result = Decompress(to, &written, from + 4, (nuint)source.Length - 4, &settings);
            return result == 0 && written == size
                ? (int)size
                : throw Damaged($"the library of szip gives {written} bytes of {size}, with code {result}");
        }
    }

    /// <summary>What the library divides by and allocates from is checked here, because the library takes it unchecked.</summary>
    private Settings Checked()
    {
        if (parameters is not [var options, var block, var bits, var line, ..])
            throw Damaged($"four parameters belong to it, and the file has {parameters.Length}");
        if (bits is not ((>= 1 and <= 32) or 64)
            || block is 0 or > MostPixelsPerBlock || block % 2 != 0 || line < block || line > Math.Min(block * 128, MostPixelsPerScanLine))
            throw Damaged($"blocks of {block} pixels of {bits} bits in lines of {line} can't be coded");
        return new Settings((int)options, (int)bits, (int)block, (int)line);
    }

    /// <summary>The library's SZ_com_t.</summary>
    private readonly record struct Settings(int Options, int BitsPerPixel, int PixelsPerBlock, int PixelsPerScanLine);
}
