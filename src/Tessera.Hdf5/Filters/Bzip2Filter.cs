namespace Tessera.Hdf5Format;

/// <summary>Bzip2, by its own library. The parameter is the size of its blocks, which the bytes state too.</summary>
internal sealed unsafe class Bzip2Filter() : ChunkFilter(KnownFilters.Bzip2)
{
    private static readonly NativeCodec Codec = new(
        "bzip2", KnownFilters.Bzip2, ["libbz2.so.1.0", "libbz2.so.1", "libbz2.1.0.dylib", "libbz2.dylib", "bz2.dll", "libbz2.dll", "libbz2"],
        ("libbz2-1.0", "bzip2-libs", "bzip2", "bzip2"));

    private static readonly delegate* unmanaged[Cdecl]<byte*, uint*, byte*, uint, int, int, int> Decompress =
        (delegate* unmanaged[Cdecl]<byte*, uint*, byte*, uint, int, int, int>)Codec.Find("BZ2_bzBuffToBuffDecompress");

    public override string Name => "bzip2";

    public override long MostEncoded(long bytes) => bytes + bytes / 64 + 1024;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        const int outputIsFull = -8;
        Codec.Require((nint)Decompress);
        fixed (byte* from = source, to = destination)
        {
            uint written = (uint)destination.Length;
            int result = Decompress(to, &written, from, (uint)source.Length, 0, 0);
            if (result == outputIsFull)
                throw TooLong(destination.Length);
            return result == 0 && written <= (uint)destination.Length ? (int)written : throw Damaged($"the library of bzip2 refuses them with code {result}");
        }
    }
}
