namespace Tessera.Hdf5Format.Tests;

/// <summary>Whether the system has libdeflate changes how long decoding takes and nothing else: the decoder of .NET alone is the oracle.</summary>
public sealed class DeflateTests
{
    private static readonly DeflateFilter Filter = new([6]);

    [Fact]
    public void Libdeflate_decodes_what_is_written()
    {
        if (!Libdeflate.IsInstalled)
            Python.Missing("libdeflate (Debian's libdeflate0)");
        foreach (int size in new[] { 1, 300, 70_000, 1 << 20 })
        {
            for (uint level = 0; level < 10; level++)
            {
                byte[] raw = level % 2 == 0 ? Samples.Smooth(size, 1) : Samples.Noise(size, 2), back = new byte[size];
                Assert.True(Libdeflate.TryDecode(Encoded(raw, level), back, out int written));
                Assert.Equal(size, written);
                Assert.Equal(raw, back);
            }
        }
    }

    [Fact]
    public void Whole_cut_lengthened_and_empty_streams_end_alike_with_libdeflate_and_without()
    {
        byte[] stored = Encoded(Samples.Smooth(700, 3), 6), empty = Encoded([], 6);
        for (int length = 0; length <= stored.Length; length++)
            RequireAlike(stored.AsSpan(0, length), 700);
        RequireAlike([.. stored, .. Samples.Noise(300, 4)], 700);
        RequireAlike(empty, 0);
        RequireAlike(empty, 10);
    }

    [Fact]
    public void Damaged_streams_end_alike_with_libdeflate_and_without_or_still_give_what_was_deflated()
    {
        var random = new Random(32);
        for (int i = 0; i < 3000; i++)
        {
            byte[] raw = i % 3 == 0 ? new byte[random.Next(1, 3000)] : Samples.Smooth(random.Next(1, 3000), i);
            byte[] stored = Encoded(raw, (uint)random.Next(10));
            for (int change = random.Next(1, 4); change > 0; change--)
                stored[random.Next(stored.Length)] ^= (byte)(1 << random.Next(8));
            RequireAlike(stored, raw.Length, raw);
        }
    }

    /// <param name="stored">The stream.</param>
    /// <param name="size">How many bytes it has if it isn't damaged.</param>
    /// <param name="raw">What was deflated, if libdeflate may give it where .NET's decoder finds a reserved code.</param>
    private static void RequireAlike(ReadOnlySpan<byte> stored, int size, byte[]? raw = null)
    {
        foreach (int room in new[] { size, size + 1, Math.Max(size - 1, 0) })
        {
            byte[] expected = new byte[room], found = new byte[room];
            string most = Outcome(stored, expected, byStream: true), outcome = Outcome(stored, found, byStream: false);
            bool isDecoded = int.TryParse(outcome, out int written);
            if (raw is not null && isDecoded && !int.TryParse(most, out _))
            {
                Assert.Equal(raw, found[..written]);
                continue;
            }

            Assert.Equal(most, outcome);
            if (isDecoded)
                Assert.Equal(expected[..written], found[..written]);
        }
    }

    /// <summary>The number of bytes, or what the refusal says.</summary>
    private static string Outcome(ReadOnlySpan<byte> stored, Span<byte> room, bool byStream)
    {
        try
        {
            return $"{(byStream ? Filter.DecodeByStream(stored, room) : Filter.Decode(stored, room))}";
        }
        catch (FilterException refusal)
        {
            return refusal.Message;
        }
    }

    private static byte[] Encoded(byte[] raw, uint level)
    {
        var filter = new DeflateFilter([level]);
        byte[] stored = new byte[filter.MostEncoded(raw.Length)];
        return stored[..filter.Encode(raw, stored)];
    }
}
