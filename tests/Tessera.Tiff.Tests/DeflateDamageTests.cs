namespace Tessera.TiffFormat.Tests;

/// <summary>A strip or tile that was deflated carries a checksum of its pixels: whoever reads it to its end reads what was written, or is told.</summary>
public sealed class DeflateDamageTests : IDisposable
{
    private const int Width = 20, Height = 20;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(16)] // tiles that stick out of the page on two sides: their checksum is over pixels that nobody asks for, too
    public void A_flipped_bit_is_refused_or_changes_no_pixel(int? tile)
    {
        byte[] file = Page(out int start, out int end, tile);
        byte[] expected = Read(file);
        int refused = 0;
        for (int bit = start * 8; bit < end * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(expected, Read(file));
            }
            catch (InvalidDataException)
            {
                refused++;
            }

            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        int bits = (end - start) * 8;
        Assert.InRange(refused, bits * 95 / 100, bits);
    }

    [Fact]
    public void A_checksum_that_does_not_match_is_named_with_file_and_offset()
    {
        byte[] file = Page(out int start, out int end);
        file[end - 1] ^= 1;

        string says = Assert.Throws<InvalidDataException>(() => Read(file)).Message;
        Assert.StartsWith($"'{_folder.PathOf("a.tif")}', byte {start}: page 0: ", says, StringComparison.Ordinal);
        Assert.Contains("checksum (Adler-32)", says, StringComparison.Ordinal);
        Assert.Contains("damaged", says, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_ends_inside_its_checksum_is_refused()
    {
        for (int missing = 1; missing <= 4; missing++)
        {
            byte[] coded = Encoders.Deflate(Pixels(Width * Height));
            Assert.Contains("ends before its checksum", Assert.Throws<InvalidDataException>(() => Read(Strip(coded[..^missing]))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_decoder_of_the_platform_says_of_archives_is_not_repeated()
    {
        byte[] file = Page(out int start, out _);
        file.AsSpan(start, 8).Fill(0xFF);

        string says = Assert.Throws<InvalidDataException>(() => Read(file)).Message;
        Assert.DoesNotContain("archive", says, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("damaged", says, StringComparison.Ordinal);
    }

    [Fact]
    public void More_rows_than_the_page_has_are_read_over_and_their_checksum_still_counts()
    {
        foreach (int surplus in new[] { 1, Width, 100_000 })
        {
            byte[] pixels = Pixels(Width * Height + surplus), coded = Encoders.Deflate(pixels);
            Assert.Equal(pixels[..(Width * Height)], Read(Strip(coded)));
            coded[^2] ^= 4;
            Assert.Contains("checksum (Adler-32)", Assert.Throws<InvalidDataException>(() => Read(Strip(coded))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_behind_the_end_of_the_stream_are_no_damage()
    {
        byte[] pixels = Pixels(Width * Height);
        foreach (int padding in new[] { 1, 3, 20_000 })
            Assert.Equal(pixels, Read(Strip([.. Encoders.Deflate(pixels), .. new byte[padding]])));
    }

    [Fact]
    public void A_part_of_a_strip_is_decoded_to_its_last_row_and_no_further()
    {
        byte[] coded = Encoders.Deflate(Pixels(Width * Height));
        coded[^1] ^= 1;
        string path = _folder.Put("a.tif", Strip(coded));

        using TiffFile open = TiffFile.Open(path);
        Assert.Equal(Pixels(3 * Width), open.Pages[0].Read<byte>(new Region([0, 0], [3, Width])).ToArray());
        Assert.Throws<InvalidDataException>(() => open.Pages[0].Read<byte>(new Region([Height - 1, 0], [1, 1])));
    }

    [Fact]
    public void Checking_allocates_nothing_that_grows_with_the_strip()
    {
        byte[] coded = Encoders.Deflate(Pixels(1 << 20)), room = new byte[1 << 19];
        Inflate.Decode(coded, coded.Length, room, room.Length, toEnd: true, out _);

        // What is allocated is the same each time, but where a collection falls in between, the rest of the thread's allocation buffer counts as well.
        long least = long.MaxValue;
        for (int time = 0; time < 5; time++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Inflate.Decode(coded, coded.Length, room, room.Length, toEnd: true, out string? fault);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Null(fault);
        }

        Assert.InRange(least, 0, 2000);
    }

    private byte[] Read(byte[] file)
    {
        using TiffFile open = TiffFile.Open(_folder.Put("a.tif", file));
        return open.Pages[0].Read<byte>().ToArray();
    }

    private static byte[] Strip(byte[] coded) => new TiffBuilder().Add(Width, Height, 8, [coded], TiffCompression.Deflate).Build();

    /// <summary>A page of one strip or four tiles, and where the coded bytes of the first one begin and those of the last one end.</summary>
    private static byte[] Page(out int start, out int end, int? tile = null)
    {
        byte[][] segments = [.. Enumerable.Range(0, tile is null ? 1 : 4).Select(_ => Encoders.Deflate(Pixels(tile * tile ?? Width * Height)))];
        (start, end) = (8, 8 + segments.Sum(one => one.Length)); // behind the header
        return new TiffBuilder().Add(Width, Height, 8, segments, TiffCompression.Deflate, tile).Build();
    }

    private static byte[] Pixels(int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(i => (byte)(i % 16 < 12 ? i / 9 : random.Next(256)))];
    }
}
