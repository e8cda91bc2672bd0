using System.IO.Compression;

namespace Tessera.TiffFormat.Tests;

/// <summary>Whether the system has libdeflate changes how long decoding takes and nothing else: the decoder of .NET alone is the oracle.</summary>
public sealed class InflateTests
{
    private static readonly int[] Sizes = [1, 2, 257, 5000, 65_535, 65_536, 1 << 20];

    public static TheoryData<ZLibCompressionStrategy> Strategies =>
        new(Enum.GetValues<ZLibCompressionStrategy>()); // among them blocks with the fixed code; level 0 stores

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Libdeflate_decodes_every_kind_of_stream(ZLibCompressionStrategy strategy)
    {
        RequireLibrary();
        for (int level = 0; level < 10; level++)
        {
            foreach (int size in Sizes)
            {
                byte[] bytes = Bytes(size, level), coded = Deflate(bytes, level, strategy), room = new byte[size + 3];
                Assert.True(Libdeflate.TryDecode(coded, room, out int written), $"level {level}, {size} bytes");
                Assert.Equal(bytes, room[..written]);
                Assert.False(Libdeflate.TryDecode(coded, room.AsSpan(0, size - 1), out _));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void A_stream_decodes_alike_with_libdeflate_and_without(ZLibCompressionStrategy strategy)
    {
        foreach (int level in new[] { 0, 1, 6, 9 })
        {
            foreach (int size in (int[])[0, .. Sizes])
                RequireAlike(Deflate(Bytes(size, level), level, strategy), size);
        }
    }

    [Fact]
    public void A_stream_that_is_cut_anywhere_ends_alike_with_libdeflate_and_without()
    {
        foreach (int level in new[] { 0, 6 })
        {
            byte[] coded = Deflate(Bytes(700, 1), level, ZLibCompressionStrategy.Default);
            for (int length = 0; length < coded.Length; length++)
                RequireAlike(coded[..length], 700);
        }
    }

    [Fact]
    public void What_follows_a_stream_is_ignored_with_libdeflate_and_without()
    {
        byte[] coded = Deflate(Bytes(5000, 2), 6, ZLibCompressionStrategy.Default);
        foreach (byte[] tail in (byte[][])[[0], coded, Bytes(30_000, 3)])
            RequireAlike([.. coded, .. tail], 5000);
    }

    [Fact]
    public void Damaged_streams_end_alike_with_libdeflate_and_without_or_still_give_what_was_deflated()
    {
        var random = new Random(31);
        for (int i = 0; i < 3000; i++)
        {
            int size = random.Next(1, 3000);
            byte[] bytes = Bytes(size, i), coded = Deflate(bytes, random.Next(10), (ZLibCompressionStrategy)random.Next(5));
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(random.Next(2) == 0 ? Math.Min(coded.Length, 60) : coded.Length); // the codes stand at the head
                coded[at] = (byte)(random.Next(2) == 0 ? coded[at] ^ 1 << random.Next(8) : random.Next(256));
            }

            RequireAlike(coded, size, bytes);
        }
    }

    [Fact]
    public void Bytes_without_any_order_end_alike_with_libdeflate_and_without()
    {
        for (int i = 0; i < 2000; i++)
            RequireAlike([0x78, 0x9C, .. Noise(i % 200, i)], 400);
    }

    [Fact]
    public void Every_thread_has_a_decoder_of_its_own()
    {
        byte[][] bytes = [.. Enumerable.Range(0, 40).Select(i => Bytes(20_000 + i, i))];
        byte[][] coded = [.. bytes.Select((one, i) => Deflate(one, i % 10, ZLibCompressionStrategy.Default))];
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            byte[] room = new byte[bytes[i % 40].Length];
            Assert.Equal(room.Length, Inflate.Decode(coded[i % 40], coded[i % 40].Length, room, room.Length, toEnd: true, out string? fault));
            Assert.Null(fault);
            Assert.Equal(bytes[i % 40], room);
        });
    }

    /// <summary>Decodes all of a stream, more than it has, and parts, and is told more or less of how much it has.</summary>
    /// <param name="coded">The stream.</param>
    /// <param name="size">How many bytes it has if it isn't damaged.</param>
    /// <param name="original">What was deflated, if libdeflate may give it where .NET's decoder finds a reserved code.</param>
    private static void RequireAlike(byte[] coded, int size, byte[]? original = null)
    {
        foreach (int wanted in new[] { 0, size / 3, size / 2 + 1, Math.Max(size - 1, 0), size, size + 5 })
        {
            foreach (int whole in new[] { wanted, size, size + 700 })
            {
                Compare(coded, wanted, Math.Max(whole, wanted), toEnd: true, original);
                Compare(coded, wanted, Math.Max(whole, wanted), toEnd: false, original);
            }
        }
    }

    private static void Compare(byte[] coded, int wanted, int whole, bool toEnd, byte[]? original)
    {
        byte[] expected = new byte[wanted], found = new byte[wanted];
        int most = Inflate.ByStream(coded, coded.Length, expected, toEnd, out string? said);
        int written = Inflate.Decode(coded, coded.Length, found, whole, toEnd, out string? fault);
        if (original is not null && said is not null && fault is null)
        {
            Assert.Equal(original[..Math.Min(wanted, original.Length)], found[..written]);
            return;
        }

        Assert.Equal((most, said), (written, fault));
        Assert.True(expected.AsSpan(0, most).SequenceEqual(found.AsSpan(0, written)));
    }

    private static void RequireLibrary()
    {
        if (!Libdeflate.IsInstalled)
            OracleFiles.Missing("libdeflate (Debian's libdeflate0)");
    }

    private static byte[] Deflate(byte[] bytes, int level, ZLibCompressionStrategy strategy)
    {
        using var output = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy };
        using (var zlib = new ZLibStream(output, options, leaveOpen: true))
            zlib.Write(bytes);
        return output.ToArray();
    }

    /// <summary>Noise, zeros, or numbers that wander: what deflate stores, repeats and codes.</summary>
    private static byte[] Bytes(int size, int kind)
    {
        byte[] bytes = Noise(size, kind);
        int value = 0;
        for (int i = 0; i < size && kind % 3 != 0; i++)
            bytes[i] = kind % 3 == 1 ? (byte)0 : (byte)(value += bytes[i] % 9 - 4);
        return bytes;
    }

    private static byte[] Noise(int size, int seed)
    {
        byte[] bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
