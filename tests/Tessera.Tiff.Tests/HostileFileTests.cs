namespace Tessera.TiffFormat.Tests;

/// <summary>What is damaged or made to harm is refused by an <see cref="InvalidDataException"/> that names the file and the place.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const int Short = TiffBuilder.Short, Long = TiffBuilder.Long;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_chain_of_directories_that_comes_back_is_refused()
    {
        var builder = new TiffBuilder();
        byte[] file = builder.Add(4, 4, 8, [new byte[16]]).Add(4, 4, 8, [new byte[16]]).Build();
        builder.Overwrite(file, builder.Links[^1], 4, builder.Directories[0]);

        Refused(file, "never end");
    }

    [Fact]
    public void A_page_without_pixels_to_match_opens_and_is_refused_when_read()
    {
        byte[] file = new TiffBuilder().Add(4, 4, 8, [new byte[16]], TiffCompression.Deflate, tags:
        [
            (TiffTag.ImageWidth, Long, [1L << 31]), (TiffTag.ImageLength, Long, [1L << 28]), (TiffTag.RowsPerStrip, Long, [1L << 31]),
        ]).Build();

        using TiffFile open = TiffFile.Open(_folder.Put("huge.tif", file));
        Assert.Equal([1L << 28, 1L << 31], open.Pages[0].Shape);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("can't hold", Assert.Throws<InvalidDataException>(open.Pages[0].Read<byte>).Message, StringComparison.Ordinal);
        var corner = new Region([0, 0], [2, 2]);
        Assert.Contains("more than they can", Assert.Throws<InvalidDataException>(() => open.Pages[0].Read<byte>(corner)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(TiffCompression.Lzw)]
    [InlineData(TiffCompression.Deflate)]
    [InlineData(TiffCompression.PackBits)]
    public void Compressed_bytes_that_cannot_hold_so_much_are_refused_before_memory_is_taken(TiffCompression compression)
    {
        byte[] file = new TiffBuilder().Add(60_000, 60_000, 8, [Encoders.Encode(compression, new byte[1000])], compression).Build();

        Refused(file, "more than they can", new Region([59_000, 0], [10, 10]));
    }

    [Fact]
    public void What_is_not_a_tiff_is_refused()
    {
        Refused([], "header of 8 bytes");
        Refused([.. "II*\0"u8], "header of 8 bytes");
        Refused([0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3, 4, 5, 6, 7, 8], "begins with the bytes 89504E47");
        Refused([.. "II*\0\0\0\0\0"u8], "no directory");
        Refused([.. "II*\0\xff\xff\0\0"u8], "truncated");
        Refused([.. "II+\0\x04\0\0\0\x10\0\0\0\0\0\0\0"u8], "offsets of 4 bytes");
    }

    [Theory]
    [InlineData("89504E470D0A1A0A0000", "is a PNG file")]
    [InlineData("FFD8FFE000104A464946", "is a JPEG file")]
    [InlineData("934E554D505901007600", "is a NumPy array (.npy)")]
    [InlineData("894844460D0A1A0A0000", "is an HDF5 file")]
    [InlineData("47494638396101000100", "is a GIF file")]
    [InlineData("504B0304140000000800", "is a ZIP archive")]
    [InlineData("1F8B0800000000000003", "is a file compressed with gzip")]
    [InlineData("5A495352415746494C45", "is a Zeiss CZI file")]
    [InlineData("DACEBE0A100000000000", "is a Nikon ND2 file")]
    [InlineData("0102030405060708090A", "begins with the bytes 01020304; a TIFF begins with")]
    public void A_file_of_another_known_format_is_called_by_its_name(string begins, string says) => Refused(Convert.FromHexString(begins), says);

    [Theory]
    [InlineData(TiffTag.ImageWidth, Long, 0, "ImageWidth is 0")]
    [InlineData(TiffTag.ImageLength, Long, 0, "ImageLength is 0")]
    [InlineData(TiffTag.BitsPerSample, Short, 0, "0 bits")]
    [InlineData(TiffTag.BitsPerSample, Short, 48, "48 bits")]
    [InlineData(TiffTag.Compression, Short, 7, "JPEG")]
    [InlineData(TiffTag.Compression, Short, 50000, "Zstandard")]
    [InlineData(TiffTag.SampleFormat, Short, 5, "format 5")]
    [InlineData(TiffTag.PlanarConfiguration, Short, 3, "PlanarConfiguration is 3")]
    [InlineData(TiffTag.StripOffsets, Long, 1 << 30, "ends at byte")]
    [InlineData(TiffTag.StripOffsets, TiffBuilder.Rational, 1, "integers belong there")]
    public void A_tag_that_makes_no_sense_or_is_not_known_is_named(object tag, int type, long value, string says) =>
        Refused(new TiffBuilder().Add(4, 4, 8, [new byte[16]], tags: ((TiffTag)tag, type, [value])).Build(), says);

    [Fact]
    public void A_missing_tag_is_named()
    {
        Refused(new TiffBuilder().Add(4, 4, 8, [new byte[16]], tags: (TiffTag.ImageLength, Long, [])).Build(), "ImageLength (257) is missing");
        Refused(new TiffBuilder().Add(4, 4, 8, [new byte[16]], tags: (TiffTag.StripOffsets, Long, [])).Build(), "StripOffsets (273) is missing");
    }

    [Fact]
    public void A_file_cut_short_is_refused_wherever_the_cut_is()
    {
        byte[] file = new TiffBuilder().Add(40, 40, 8, [new byte[800], new byte[800]]).Build();
        for (int length = 0; length < file.Length - 4; length += 7) // the last 4 bytes, the offset of a next directory, may be missing
            Refused(file[..length], "");
    }

    [Fact]
    public void A_file_cut_short_after_it_was_opened_is_refused()
    {
        string path = _folder.Put("shrinks.tif", Laid(pixelsLast: true));
        using TiffFile open = TiffFile.Open(path);
        using (var shrink = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            shrink.SetLength(shrink.Length - 10);

        Assert.Contains("the file ends here", Assert.Throws<InvalidDataException>(open.Pages[0].Read<byte>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlapping_directories_do_not_become_a_million_pages()
    {
        // Blocks of five entries; a directory of fifty blocks begins with every block. Its number of entries is the end of the block before;
        // its link to the next directory is the first four bytes of the block after it, an entry whose tag nobody knows.
        const int Blocks = 5000, Span = 50, BlockBytes = 5 * 12, First = 1000;
        var builder = new TiffBuilder();
        var file = new byte[First + (Blocks + Span + 1) * BlockBytes];
        "II*\0"u8.CopyTo(file);
        builder.Overwrite(file, 4, 4, First - 2);
        builder.Overwrite(file, First - 2, 2, 5 * Span);
        for (int block = 0; block < Blocks + Span; block++)
        {
            int at = First + block * BlockBytes;
            builder.Overwrite(file, at, 4, block < Span ? 0 : First - 2 + (block - Span + 1) * BlockBytes);
            (TiffTag Tag, long Value)[] entries = [(TiffTag.ImageWidth, 8), (TiffTag.ImageLength, 1), (TiffTag.StripOffsets, 8), (TiffTag.StripByteCounts, (5 * Span << 16) + 1)];
            for (int i = 0; i < entries.Length; i++)
            {
                builder.Overwrite(file, at + 12 + i * 12, 2, (long)entries[i].Tag);
                builder.Overwrite(file, at + 14 + i * 12, 2, Long);
                builder.Overwrite(file, at + 16 + i * 12, 4, 1);
                builder.Overwrite(file, at + 20 + i * 12, 4, entries[i].Value);
            }
        }

        Refused(file, "they overlap");
    }

    [Fact]
    public void A_missing_file_is_not_found()
    {
        Assert.Throws<FileNotFoundException>(() => TiffFile.Open(_folder.PathOf("none.tif")));
        Assert.Throws<FileNotFoundException>(() => TiffFile.Open(_folder.PathOf("no/folder/none.tif")));
    }

    [Fact]
    public void Another_type_than_the_file_has_is_named_with_the_right_one()
    {
        string path = _folder.Put("types.tif", Laid(pixelsLast: false));
        string says = Assert.Throws<InvalidOperationException>(() => Tiff.Read<float>(path)).Message;

        Assert.Contains("are byte, and float was asked for", says, StringComparison.Ordinal);
        Assert.Contains(path, says, StringComparison.Ordinal);
    }

    private static byte[] Laid(bool pixelsLast)
    {
        var builder = new TiffBuilder();
        byte[] file = builder.Add(10, 10, 8, [new byte[100]]).Build();
        if (!pixelsLast)
            return file;

        int entry = builder.Entries.Single(at => file[at] == 0x11 && file[at + 1] == 1); // StripOffsets
        builder.Overwrite(file, entry + 8, 4, file.Length);
        return [.. file, .. new byte[100]];
    }

    private void Refused(byte[] file, string says, Region? region = null)
    {
        string path = _folder.Put("damaged.tif", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InvalidDataException>(() =>
        {
            using TiffFile open = TiffFile.Open(path);
            _ = region is { } box ? open.Pages[0].Read<byte>(box) : open.Pages[0].Read<byte>();
        }).Message;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.StartsWith($"'{path}', byte ", message, StringComparison.Ordinal);
    }
}
