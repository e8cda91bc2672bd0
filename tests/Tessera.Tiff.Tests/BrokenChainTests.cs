namespace Tessera.TiffFormat.Tests;

/// <summary>A chain of pages that breaks is refused, and read up to the break by an option that says so.</summary>
public sealed class BrokenChainTests : IDisposable
{
    private const int Side = 32, Pages = 10;

    private static readonly TiffReadOptions Incomplete = new() { AllowIncomplete = true };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cut in pixels", 8)]
    [InlineData("past the end", 10)]
    [InlineData("all bits set", 10)]
    [InlineData("into pixels", 10)]
    [InlineData("into zeros", 10)]
    [InlineData("back to the first", 10)]
    [InlineData("back to itself", 10)]
    public void Pages_before_a_break_are_read_by_an_option(string kind, int good)
    {
        string path = _folder.Put("broken.tif", Broken(kind));

        string says = Assert.Throws<InvalidDataException>(() => ImageStack.Source<ushort>(path)).Message;
        Assert.StartsWith($"'{path}', byte ", says, StringComparison.Ordinal);
        Assert.Contains($"{good} pages before the break", says, StringComparison.Ordinal);
        Assert.Contains("AllowIncomplete = true", says, StringComparison.Ordinal);
        Assert.Equal(says, Assert.Throws<InvalidDataException>(() => TiffFile.Open(path)).Message);

        IBlockSource stack = ImageStack.Source<ushort>(path, Incomplete);
        Assert.Equal([good, Side, Side], stack.Shape);
        Assert.Equal(Enumerable.Range(0, good).SelectMany(Pixels), stack.ReadAll());
        using TiffFile file = TiffFile.Open(path, Incomplete);
        Assert.Equal(good, file.Pages.Count);
        Assert.NotNull(file.Incomplete);
        Assert.Equal([good, Side, Side], file.Series[0].Shape);
    }

    [Theory]
    [InlineData("", "1 page before")]
    [InlineData("ImageJ=1.53t\nimages=4\nslices=4\n", "1 page of 4 planes before")]
    public void A_break_behind_one_page_tells_the_planes_that_it_stands_for(string description, string says)
    {
        var builder = new TiffBuilder();
        long[] text = [.. System.Text.Encoding.UTF8.GetBytes(description + "\0").Select(one => (long)one)];
        byte[] file = builder.Add(Side, Side, 16, [[.. Enumerable.Range(0, 4).SelectMany(Pixels)]], tags:
        [
            (TiffTag.ImageDescription, TiffBuilder.Ascii, text), (TiffTag.RowsPerStrip, TiffBuilder.Long, [Side]),
        ]).Build();
        builder.Overwrite(file, builder.Links[1], 4, 0x7FFF_FFF0);
        string path = _folder.Put("broken.tif", file);

        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => ImageStack.Source<ushort>(path)).Message, StringComparison.Ordinal);
        Assert.Equal([description.Length > 0 ? 4 : 1, Side, Side], ImageStack.Source<ushort>(path, Incomplete).Shape);
    }

    [Fact]
    public void Pages_before_a_break_are_read_one_by_one_or_as_a_range()
    {
        string path = _folder.Put("broken.tif", Broken("past the end"));

        Assert.Equal(BitConverter.ToUInt16(Pixels(2)), Tiff.Read<ushort>(path, 2)[0, 0]);
        Assert.Equal(Enumerable.Range(3, 4).SelectMany(Pixels), ImageStack.Source<ushort>(path, new TiffReadOptions { Pages = 3..7 }).ReadAll());
        Assert.Throws<InvalidDataException>(() => ImageStack.Source<ushort>(path, new TiffReadOptions { Pages = 3.. }));
        Assert.Throws<InvalidDataException>(() => ImageStack.Source<ushort>(path, new TiffReadOptions { Pages = ..12 }));
        Assert.Equal([7, Side, Side], ImageStack.Source<ushort>(path, new TiffReadOptions { Pages = 3.., AllowIncomplete = true }).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageStack.Source<ushort>(path, new TiffReadOptions { Pages = ..12, AllowIncomplete = true }));
    }

    [Fact]
    public void A_whole_file_says_nothing_of_a_break()
    {
        using TiffFile file = TiffFile.Open(_folder.Put("whole.tif", Builder().Build()), Incomplete);

        Assert.Equal(Pages, file.Pages.Count);
        Assert.Null(file.Incomplete);
    }

    [Fact]
    public void Nothing_before_the_break_is_a_refusal_with_any_option()
    {
        string path = _folder.Put("none.tif", [.. "II*\0\x40\0\0\0"u8, .. new byte[8]]);

        Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => TiffFile.Open(path, Incomplete)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(path, Incomplete));
    }

    [Fact]
    public void Thousands_of_pages_that_lack_their_width_are_listed()
    {
        var builder = new TiffBuilder();
        for (int i = 0; i < 5000; i++)
            builder.Add(4, 4, 8, [new byte[16]], tags: (TiffTag.ImageWidth, TiffBuilder.Long, []));
        using TiffFile file = TiffFile.Open(_folder.Put("many.tif", builder.Build()));

        Assert.Equal(5000, file.Pages.Count);
        Assert.Contains("page 4321", file.Pages[4321].Fault, StringComparison.Ordinal);
        Assert.Contains("ImageWidth", file.Pages[4321].Fault, StringComparison.Ordinal);
        Assert.Empty(file.Series);
    }

    private static byte[] Pixels(int page) => [.. Enumerable.Range(page * Side * Side, Side * Side).SelectMany(i => BitConverter.GetBytes((ushort)((i * 37 % 65521) | 0x2020)))];

    private static TiffBuilder Builder()
    {
        var builder = new TiffBuilder();
        for (int page = 0; page < Pages; page++)
            builder.Add(Side, Side, 16, [Pixels(page)]);
        return builder;
    }

    private static byte[] Broken(string kind)
    {
        TiffBuilder builder = Builder();
        byte[] file = builder.Build();
        if (kind == "cut in pixels")
            return file[..(builder.Directories[7] + 500)]; // the pointer of page 7 leads past the end
        if (kind == "into zeros")
            return Linked([.. file, .. new byte[64]], file.Length);
        return Linked(file, kind switch
        {
            "past the end" => 0x7ffffff0,
            "all bits set" => 0xffffffff,
            "into pixels" => 11,
            "back to the first" => builder.Directories[0],
            _ => builder.Directories[^1],
        });

        byte[] Linked(byte[] bytes, long offset)
        {
            builder.Overwrite(bytes, builder.Links[^1], 4, offset);
            return bytes;
        }
    }
}
