namespace Tessera.TiffFormat.Tests;

public sealed class DecoderTests
{
    public static TheoryData<string, int> Streams()
    {
        var data = new TheoryData<string, int>();
        foreach (string kind in new[] { "noise", "constant", "pairs", "ramp", "text" })
        {
            foreach (int length in new[] { 0, 1, 2, 3, 17, 255, 256, 4096, 70_001, 1_000_000 })
                data.Add(kind, length);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Lzw_gives_back_what_was_encoded(string kind, int length)
    {
        byte[] original = Make(kind, length);
        var decoded = new byte[length];

        Assert.Equal(length, Lzw.Decode(Encoders.Lzw(original), decoded, out string? fault));
        Assert.Null(fault);
        Assert.True(original.AsSpan().SequenceEqual(decoded));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void PackBits_gives_back_what_was_encoded(string kind, int length)
    {
        byte[] original = Make(kind, length);
        var decoded = new byte[length];

        Assert.Equal(length, PackBits.Decode(Encoders.PackBits(original), decoded));
        Assert.True(original.AsSpan().SequenceEqual(decoded));
    }

    [Fact]
    public void A_decoder_stops_where_its_destination_is_full()
    {
        byte[] original = Make("pairs", 10_000);
        byte[] lzw = Encoders.Lzw(original), packed = Encoders.PackBits(original), deflated = Encoders.Deflate(original);
        for (int length = 0; length < 600; length++)
        {
            byte[] a = new byte[length], b = new byte[length], c = new byte[length];
            Assert.Equal(length, Lzw.Decode(lzw, a, out _));
            Assert.Equal(length, PackBits.Decode(packed, b));
            Assert.Equal(length, Inflate.Decode(deflated, deflated.Length, c, c.Length, toEnd: false, out _));
            Assert.All([a, b, c], decoded => Assert.True(original.AsSpan(0, length).SequenceEqual(decoded)));
        }
    }

    [Fact]
    public void A_decoder_says_how_far_it_came_when_its_source_is_cut()
    {
        byte[] original = Make("text", 5000);
        byte[] lzw = Encoders.Lzw(original), packed = Encoders.PackBits(original);
        for (int cut = 0; cut < 400; cut++)
        {
            var decoded = new byte[original.Length];
            int produced = Lzw.Decode(lzw.AsSpan(0, cut), decoded, out _);
            Assert.True(produced < original.Length && original.AsSpan(0, produced).SequenceEqual(decoded.AsSpan(0, produced)));
            produced = PackBits.Decode(packed.AsSpan(0, cut), decoded);
            Assert.True(produced < original.Length && original.AsSpan(0, produced).SequenceEqual(decoded.AsSpan(0, produced)));
        }
    }

    [Fact]
    public void Lzw_of_random_bytes_never_leaves_its_destination()
    {
        var random = new Random(3);
        for (int i = 0; i < 3000; i++)
        {
            var noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            noise[0] = 0x80; // a clear code first, as every encoder writes
            var room = new byte[random.Next(1, 5000) + 16];
            Span<byte> destination = room.AsSpan(0, room.Length - 16);
            Assert.InRange(Lzw.Decode(noise, destination, out _), 0, destination.Length);
            Assert.InRange(OldLzw.Decode(noise, destination, out _), 0, destination.Length);
            Assert.Equal(new byte[16], room[^16..]);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Old_lzw_gives_back_what_was_encoded(string kind, int length)
    {
        byte[] original = Make(kind, length), coded = Encoders.OldLzw(original);
        var decoded = new byte[length];

        Assert.True(OldLzw.Is(coded));
        Assert.Equal(length, Lzw.Decode(coded, decoded, out string? fault));
        Assert.Null(fault);
        Assert.True(original.AsSpan().SequenceEqual(decoded));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(4, 4)]
    [InlineData(8, 2)]
    public void Predictors_undo_what_they_did(int size, int samples)
    {
        byte[] original = Make("noise", size * samples * 37 * 5), rows = [.. original];
        int rowBytes = size * samples * 37;

        HorizontalPredictor.Apply(rows, rowBytes, samples, size);
        Assert.NotEqual(original, rows);
        HorizontalPredictor.Undo(rows, rowBytes, samples, size);
        Assert.Equal(original, rows);

        FloatingPointPredictor.Apply(rows, rowBytes, samples, size);
        Assert.NotEqual(original, rows);
        FloatingPointPredictor.Undo(rows, rowBytes, samples, size);
        Assert.Equal(original, rows);
    }

    private static byte[] Make(string kind, int length)
    {
        var random = new Random(length);
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = kind switch
            {
                "noise" => (byte)random.Next(256),
                "constant" => 9,
                "pairs" => (byte)(i / 2 % 3 * 80),
                "ramp" => (byte)(i / 11),
                _ => (byte)"the quick brown fox jumps over the lazy dog. "[(int)(((long)i * i / 7 + i) % 45)],
            };
        }

        return bytes;
    }
}
