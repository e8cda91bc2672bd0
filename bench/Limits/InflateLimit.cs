using System.IO.Compression;

namespace Tessera.Bench;

/// <summary>What decoding zlib streams costs that lie in memory: with libdeflate where the system has it, else with the decoder that .NET brings.</summary>
internal static class InflateLimit
{
    /// <summary>The strips of every <paramref name="everyNth"/> file of a folder, each into a buffer that stays in the cache.</summary>
    public static Func<object> Prepare(string folder, int threads, int everyNth)
    {
        string[] files = [.. Directory.GetFiles(folder, "*.tif").Order(StringComparer.Ordinal).Where((_, i) => i % everyNth == 0)];
        (byte[] File, int Offset, int Length)[] strips = [.. files.SelectMany(TiffStrips.Of)];
        int largest = files.Take(1).SelectMany(TiffStrips.Of).Max(SizeOf); // the frames are cut alike
        return () =>
        {
            long bytes = 0;
            Pieces.Run(threads, strips.Length, () => new byte[largest], (strip, buffer) => Interlocked.Add(ref bytes, Decode(strips[strip], buffer)));
            return bytes;
        };
    }

    private static int Decode((byte[] File, int Offset, int Length) strip, byte[] buffer)
    {
        if (Libdeflate.TryDecode(strip.File.AsSpan(strip.Offset, strip.Length), buffer, out int written))
            return written;
        using ZLibStream zlib = Open(strip);
        return zlib.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    private static int SizeOf((byte[] File, int Offset, int Length) strip)
    {
        using var decoded = new MemoryStream();
        using ZLibStream zlib = Open(strip);
        zlib.CopyTo(decoded);
        return (int)decoded.Length;
    }

    private static ZLibStream Open((byte[] File, int Offset, int Length) strip) =>
        new(new MemoryStream(strip.File, strip.Offset, strip.Length), CompressionMode.Decompress);
}
