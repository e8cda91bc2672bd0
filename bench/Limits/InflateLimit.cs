using System.IO.Compression;

namespace Tessera.Bench;

/// <summary>What decoding zlib streams costs that lie in memory, with the decoder that .NET brings.</summary>
internal static class InflateLimit
{
    private const int BufferSize = 64 << 10;

    /// <summary>The strips of every <paramref name="everyNth"/> file of a folder, each into a buffer that stays in the cache.</summary>
    public static Func<object> Prepare(string folder, int threads, int everyNth)
    {
        string[] files = [.. Directory.GetFiles(folder, "*.tif").Order(StringComparer.Ordinal).Where((_, i) => i % everyNth == 0)];
        (byte[] File, int Offset, int Length)[] strips = [.. files.SelectMany(TiffStrips.Of)];
        return () =>
        {
            long bytes = 0;
            Pieces.Run(threads, strips.Length, () => new byte[BufferSize], (strip, buffer) => Interlocked.Add(ref bytes, Decode(strips[strip], buffer)));
            return bytes;
        };
    }

    private static long Decode((byte[] File, int Offset, int Length) strip, byte[] buffer)
    {
        using var coded = new MemoryStream(strip.File, strip.Offset, strip.Length);
        using var zlib = new ZLibStream(coded, CompressionMode.Decompress);
        long bytes = 0;
        for (int read; (read = zlib.Read(buffer)) > 0;)
            bytes += read;
        return bytes;
    }
}
