namespace Tessera.Hdf5Format.Tests;

/// <summary>Pipelines that are written, and bytes for them.</summary>
internal static class Samples
{
    public static readonly FilterSpec Fletcher32 = new(KnownFilters.Fletcher32, null, false, []);

    public static FilterSpec Gzip(uint level) => new(KnownFilters.Deflate, null, true, [level]);

    public static FilterSpec Shuffle(uint size) => new(KnownFilters.Shuffle, null, true, [size]);

    public static FilterSpec Lzf(bool optional) => new(KnownFilters.Lzf, "lzf", optional, [4, 0x105, 0]);

    /// <summary>Every pipeline that one would write, and some that nobody would.</summary>
    public static IEnumerable<FilterSpec[]> Pipelines()
    {
        for (uint level = 0; level < 10; level++)
            yield return [Gzip(level)];
        foreach (uint size in new uint[] { 1, 2, 3, 4, 6, 8, 12 })
        {
            yield return [Shuffle(size)];
            yield return [Shuffle(size), Gzip(4)];
            yield return [Shuffle(size), Lzf(optional: true), Fletcher32];
        }

        yield return [Lzf(optional: true)];
        yield return [Lzf(optional: false)];
        yield return [Fletcher32];
        yield return [Fletcher32, Gzip(1)];
        yield return [Fletcher32, Shuffle(4), Gzip(1), Fletcher32];
        yield return [Shuffle(8), Lzf(optional: true), Gzip(1), Fletcher32, Lzf(optional: true)];
        yield return [Lzf(optional: true), Fletcher32, Fletcher32, Gzip(9), Lzf(optional: true), Fletcher32];
    }

    public static byte[] Noise(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Numbers of 32 bits that wander.</summary>
    public static byte[] Smooth(int length, int seed)
    {
        var random = new Random(seed);
        byte[] bytes = new byte[length];
        int value = 0;
        for (int i = 0; i < length; i++)
        {
            value += i % 4 == 0 ? random.Next(-40, 41) : 0;
            bytes[i] = (byte)(value >> i % 4 * 8);
        }

        return bytes;
    }
}
