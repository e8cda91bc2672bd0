namespace Tessera.Hdf5Format;

/// <summary>Zstandard's library. A decoder is made once for many blocks, because making one takes longer than decoding a small block.</summary>
internal readonly unsafe ref struct ZstdLibrary : IDisposable
{
    private static readonly NativeCodec Codec = new(
        "zstd", KnownFilters.Zstd, ["libzstd.so.1", "libzstd.1.dylib", "libzstd.dll", "zstd.dll", "libzstd"], ("libzstd1", "libzstd", "zstd", "zstd"));

    private static readonly delegate* unmanaged[Cdecl]<nint> Create = (delegate* unmanaged[Cdecl]<nint>)Codec.Find("ZSTD_createDCtx");

    private static readonly delegate* unmanaged[Cdecl]<nint, nuint> Free = (delegate* unmanaged[Cdecl]<nint, nuint>)Codec.Find("ZSTD_freeDCtx");

    private static readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nuint> Decompress =
        (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nuint>)Codec.Find("ZSTD_decompressDCtx");

    private static readonly delegate* unmanaged[Cdecl]<nuint, uint> IsError = (delegate* unmanaged[Cdecl]<nuint, uint>)Codec.Find("ZSTD_isError");

    private readonly nint _decoder;

    /// <exception cref="NotSupportedException">The library isn't installed.</exception>
    public ZstdLibrary()
    {
        Codec.Require((nint)Decompress);
        _decoder = Create();
        if (_decoder == 0)
            throw new OutOfMemoryException("Zstandard's library found no memory for a decoder.");
    }

    /// <summary>Decodes one or more whole frames; gives the number of bytes, -1 where they are damaged or too long.</summary>
    public int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* from = source, to = destination)
        {
            nuint written = Decompress(_decoder, to, (nuint)destination.Length, from, (nuint)source.Length);
            return IsError(written) != 0 || written > (nuint)destination.Length ? -1 : (int)written;
        }
    }

    /// <summary>Also of a default value, which has no decoder.</summary>
    public void Dispose()
    {
        if (_decoder != 0)
            Free(_decoder);
    }
}
