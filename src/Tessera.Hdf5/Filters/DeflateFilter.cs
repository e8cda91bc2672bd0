using System.IO.Compression;

namespace Tessera.Hdf5Format;

/// <summary>
/// Deflate in a zlib wrapper, which ends with a checksum of all that was deflated. The parameter is the level, 0 to 9. What follows the checksum is
/// ignored, as by the reference library.
/// </summary>
internal sealed class DeflateFilter(uint[] parameters) : ChunkFilter(KnownFilters.Deflate)
{
    private const int UsualLevel = 6;

    public override string Name => "gzip";

    // An eighth is what the fastest level of some deflate implementations may add, whose literals take nine bits.
    public override long MostEncoded(long bytes) => bytes + bytes / 8 + 64;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination) =>
        Libdeflate.TryDecode(source, destination, out int written) ? written : DecodeByStream(source, destination);

    /// <summary>The same with .NET's decoder alone, which says what is wrong with what libdeflate doesn't decode.</summary>
    public unsafe int DecodeByStream(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty)
            throw Damaged("there are none");
        fixed (byte* stored = source)
        {
            using var input = new StoredBytes(stored, source.Length);
            using var zlib = new ZLibStream(input, CompressionMode.Decompress);
            int written = 0;
            bool goesOn = false;
            try
            {
                while (written < destination.Length && zlib.Read(destination[written..]) is > 0 and var read)
                    written += read;
                goesOn = written == destination.Length && zlib.ReadByte() >= 0; // reaches the checksum, which is compared only there
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException)
            {
                throw Damaged("they aren't deflated bytes, or don't match their checksum (Adler-32)", fault);
            }

            if (goesOn)
                throw TooLong(destination.Length);
            return input.RanOut ? throw Damaged($"they end after {written} bytes were decoded, before their checksum (Adler-32)") : written;
        }
    }

    public override unsafe int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        // The first level of .NET's deflate (zlib-ng) is a scheme of its own, a fifth faster than the second and half as large again on shuffled
        // camera counts; the second is what others' first gives.
        int level = parameters.Length > 0 ? (int)Math.Min(parameters[0], 9) : UsualLevel;
        level = level == 1 ? 2 : level;
        fixed (byte* room = destination)
        {
            using var output = new UnmanagedMemoryStream(room, 0, destination.Length, FileAccess.Write);
            using (var zlib = new ZLibStream(output, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
                zlib.Write(source);
            return (int)output.Position;
        }
    }

    /// <summary>Bytes in memory that remember whether their reader wanted more: a decoder that has seen the end of its data doesn't.</summary>
    private sealed unsafe class StoredBytes(byte* bytes, int count) : UnmanagedMemoryStream(bytes, count)
    {
        public bool RanOut { get; private set; }

        public override int Read(Span<byte> buffer) => Noted(base.Read(buffer), buffer.Length);

        public override int Read(byte[] buffer, int offset, int count) => Noted(base.Read(buffer, offset, count), count);

        private int Noted(int read, int wanted)
        {
            RanOut |= read == 0 && wanted > 0;
            return read;
        }
    }
}
