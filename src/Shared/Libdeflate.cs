using Microsoft.Win32.SafeHandles;

namespace Tessera.Files;

/// <summary>
/// Deflate in a zlib wrapper, decoded by libdeflate where the system has it: up to twice as fast as .NET's decoder, because it needs the whole stream in
/// memory and room for all that it gives. So it is asked first and never has the last word: whatever it doesn't decode, because there is no room or because
/// of damage, .NET's decoder decodes again, and gives as many bytes or as good a reason as where there is no libdeflate.
/// </summary>
/// <remarks>
/// The one difference: libdeflate takes codes that the format reserves for lengths and distances that others have as well. Where a flipped bit
/// makes such a code of one that means the same, the bytes and their checksum are right, and .NET's decoder refuses them all the same.
/// </remarks>
internal static unsafe class Libdeflate
{
    private const int Success = 0;

    private static readonly SystemLibrary Library =
        new(["libdeflate.so.0", "libdeflate.so", "libdeflate.0.dylib", "libdeflate.dylib", "deflate.dll", "libdeflate.dll"]);

    private static readonly delegate* unmanaged[Cdecl]<nint> Create = (delegate* unmanaged[Cdecl]<nint>)Library.Find("libdeflate_alloc_decompressor");

    private static readonly delegate* unmanaged[Cdecl]<nint, void> Free = (delegate* unmanaged[Cdecl]<nint, void>)Library.Find("libdeflate_free_decompressor");

    private static readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nuint*, nuint*, int> Decompress =
        (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, nuint*, nuint*, int>)Library.Find("libdeflate_zlib_decompress_ex");

    // A decoder is some 10 KB of tables, and serves one call at a time.
    [ThreadStatic]
    private static Decoder? _own;

    /// <summary>Whether the system has the library, with all that is called of it.</summary>
    public static bool IsInstalled => Create != null && Free != null && Decompress != null;

    /// <summary>Decodes a stream to its end and compares its checksum.</summary>
    /// <param name="source">The stream; what follows its end is ignored.</param>
    /// <param name="destination">Room for all that it gives.</param>
    /// <param name="written">How many bytes it gave.</param>
    /// <returns>False where the stream is damaged or has more than there is room for, or where there is no library; the room may then contain anything.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        written = 0;
        if (!IsInstalled || source.IsEmpty || destination.IsEmpty)
            return false;
        Decoder decoder = _own ??= new Decoder();
        if (decoder.IsInvalid)
            return false; // no memory for it

        nuint taken, given;
        fixed (byte* from = source, to = destination)
        {
            if (Decompress(decoder.DangerousGetHandle(), from, (nuint)source.Length, to, (nuint)destination.Length, &taken, &given) != Success)
                return false;
        }

        written = (int)given;
        return true;
    }

    /// <summary>The library's memory for decoding, freed some time after its thread has ended.</summary>
    private sealed class Decoder : SafeHandleZeroOrMinusOneIsInvalid
    {
        public Decoder()
            : base(ownsHandle: true) => SetHandle(Create());

        protected override bool ReleaseHandle()
        {
            Free(handle);
            return true;
        }
    }
}
