namespace Tessera.TiffFormat.Tests;

/// <summary>One page doesn't decide over a file: what it lacks is told when it is asked for.</summary>
public sealed class OnePageTests : IDisposable
{
    private const int Short = TiffBuilder.Short, Long = TiffBuilder.Long;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_that_cannot_be_read_is_listed_and_says_why()
    {
        using TiffFile file = TiffFile.Open(_folder.Put("label.tif", new TiffBuilder()
            .Add(4, 4, 8, [new byte[16]])
            .Add(9, 7, 8, [[1, 2, 3]], tags: [(TiffTag.Compression, Short, [7]), (TiffTag.Photometric, Short, [6]), (TiffTag.SamplesPerPixel, Short, [3]), (TiffTag.BitsPerSample, Short, [8, 8, 8])])
            .Add(4, 4, 8, [new byte[16]])
            .Build()));

        Assert.Null(file.Pages[0].Fault);
        Assert.Equal([7, 9, 3], file.Pages[1].Shape);
        Assert.Equal(ElementType.Byte, file.Pages[1].ElementType);
        Assert.Contains("page 1 has compression 7 (JPEG)", file.Pages[1].Fault, StringComparison.Ordinal);
        Assert.Equal(file.Pages[1].Fault, Assert.Throws<InvalidDataException>(file.Pages[1].Read<byte>).Message);
        Assert.Equal(16, file.Pages[2].Read<byte>().FlattenedLength);
        Assert.Equal(["IYX", "YXS"], file.Series.Select(series => series.Axes));
        Assert.Equal(file.Pages[1].Fault, Assert.Throws<InvalidDataException>(() => file.Series[1].Array<byte>()).Message);
        Assert.Equal("page 0 (4, 4) of byte, None", file.Pages[0].ToString());
        Assert.Equal(file.Pages[1].Fault, file.Pages[1].ToString());
        Assert.Equal("IYX (2, 4, 4) of byte", file.Series[0].ToString());
    }

    [Fact]
    public void A_stack_of_unlike_pages_is_refused_with_the_way_to_choose()
    {
        string path = _folder.Put("two.tif", new TiffBuilder().Add(4, 4, 8, [One(1)]).Add(4, 4, 8, [One(2)]).Add(2, 3, 8, [new byte[6]]).Build());

        Assert.Contains("TiffReadOptions { Series = 0 }", Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(path)).Message, StringComparison.Ordinal);
        Assert.Equal([.. One(1), .. One(2)], ImageStack.Source<byte>(path, new TiffReadOptions { Series = 0 }).ReadAll());
        Assert.Equal([1, 3, 2], ImageStack.Source<byte>(path, new TiffReadOptions { Series = 1 }).Shape);
        Assert.Equal([2, 4, 4], ImageStack.Source<byte>(path, new TiffReadOptions { Pages = ..2 }).Shape);
        Assert.Contains("has 2, counted from 0: 0 is (2, 4, 4) of byte, IYX; 1 is (3, 2)",
            Assert.Throws<ArgumentOutOfRangeException>(() => ImageStack.Source<byte>(path, new TiffReadOptions { Series = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("has 1, counted from 0", Assert.Throws<ArgumentOutOfRangeException>(() => ImageStack.Source<byte>(path, new TiffReadOptions { Level = 1 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImageStack.Source<byte>(path, new TiffReadOptions { Series = 0, Pages = ..1 }));
        Assert.Throws<ArgumentException>(() => TiffFile.Open(path, new TiffReadOptions { Series = 0 }));
    }

    [Fact]
    public void The_series_that_a_refusal_of_unlike_pages_names_is_the_longest()
    {
        string path = _folder.Put("label.tif", new TiffBuilder().Add(2, 3, 8, [new byte[6]]).Add(4, 4, 8, [One(1)]).Add(4, 4, 8, [One(2)]).Build());
        string says = Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(path)).Message;

        Assert.Contains("2 stacks", says, StringComparison.Ordinal);
        Assert.Contains("TiffReadOptions { Series = 1 } takes the longest, (2, 4, 4) of byte", says, StringComparison.Ordinal);
        Assert.Equal([.. One(1), .. One(2)], ImageStack.Source<byte>(path, new TiffReadOptions { Series = 1 }).ReadAll());

        string other = _folder.Put("other.tif", new TiffBuilder().Add(4, 4, 8, [One(1)]).Build());
        Assert.Contains("Leave that file out", Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>([other, path])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, TiffTag.Compression, 7)]
    [InlineData(1, TiffTag.Photometric, 3)]
    [InlineData(1, TiffTag.BitsPerSample, 11)]
    [InlineData(4, TiffTag.Compression, 7)]
    [InlineData(4, TiffTag.BitsPerSample, 1)]
    public void Thumbnails_and_masks_are_not_judged(int subfile, object tag, long value)
    {
        string path = _folder.Put("thumb.tif", new TiffBuilder()
            .Add(4, 4, 8, [One(1)])
            .Add(2, 2, 8, [new byte[4]], tags: [(TiffTag.NewSubfileType, Long, [subfile]), ((TiffTag)tag, Short, [value])])
            .Add(4, 4, 8, [One(3)])
            .Build());

        Assert.Equal([.. One(1), .. One(3)], ImageStack.Source<byte>(path).ReadAll());
        using TiffFile file = TiffFile.Open(path);
        Assert.Equal((subfile == 1, subfile == 4), (file.Pages[1].IsThumbnail, file.Pages[1].IsMask));
    }

    [Fact]
    public void Thumbnails_are_known_by_the_older_tag_too_and_a_tag_that_points_nowhere_breaks_no_chain()
    {
        string path = _folder.Put("old.tif", new TiffBuilder()
            .Add(4, 4, 8, [One(1)], tags: (TiffTag.NewSubfileType, TiffBuilder.Long8, [0]))
            .Add(2, 2, 8, [new byte[4]], tags: (TiffTag.SubfileType, Short, [2]))
            .Add(4, 4, 8, [One(3)], tags: (TiffTag.SubfileType, Short, [1]))
            .Build());
        byte[] file = File.ReadAllBytes(path);
        int entry = Enumerable.Range(0, file.Length - 12).First(at => BitConverter.ToInt32(file, at) == (int)TiffTag.NewSubfileType + (TiffBuilder.Long8 << 16));
        BitConverter.TryWriteBytes(file.AsSpan(entry + 8), 1 << 30);

        Assert.Equal([.. One(1), .. One(3)], ImageStack.Source<byte>(_folder.Put("old.tif", file)).ReadAll());
    }

    [Fact]
    public void A_mask_of_half_the_size_is_no_level()
    {
        using TiffFile file = TiffFile.Open(_folder.Put("mask.tif", new TiffBuilder()
            .Add(8, 8, 8, [new byte[64]])
            .Add(4, 4, 8, [One(1)], tags: (TiffTag.NewSubfileType, Long, [4]))
            .Add(4, 4, 8, [One(2)], tags: (TiffTag.NewSubfileType, Long, [1]))
            .Build()));

        Assert.Equal([8, 4], file.Series[0].Levels.Select(level => level.Shape[0]));
        Assert.Equal(One(2), file.Series[0].Levels[1].Array<byte>().Compute().ToArray());
        Assert.Equal(One(1), file.Series[1].Array<byte>().Compute().ToArray());
    }

    [Fact]
    public void Pages_that_are_counted_from_the_end_are_counted_from_the_end_of_the_file()
    {
        string path = _folder.Put("five.tif", Enumerable.Range(0, 5).Aggregate(new TiffBuilder(), (builder, page) => builder.Add(4, 4, 8, [One((byte)page)])).Build());

        Assert.Equal([.. One(2), .. One(3)], ImageStack.Source<byte>(path, new TiffReadOptions { Pages = ^3..4 }).ReadAll());
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageStack.Source<byte>(path, new TiffReadOptions { Pages = ^1..2 }));
    }

    [Fact]
    public void A_damaged_page_among_others_leaves_them_readable()
    {
        string path = _folder.Put("damaged.tif", new TiffBuilder()
            .Add(4, 4, 8, [One(1)]).Add(4, 4, 8, [One(2)], tags: (TiffTag.ImageLength, Long, [])).Add(4, 4, 8, [One(3)]).Build());

        using TiffFile file = TiffFile.Open(path);
        Assert.Equal(One(3), file.Pages[2].Read<byte>().ToArray());
        Assert.Contains("page 1, the tag ImageLength (257) is missing", Assert.Throws<InvalidDataException>(() => file.Pages[1].Shape).Message, StringComparison.Ordinal);
        Assert.Equal([2, 4, 4], file.Series[0].Shape);
        Assert.Contains("page 1", Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(path)).Message, StringComparison.Ordinal);
        Assert.Equal(One(3), ImageStack.Source<byte>(path, new TiffReadOptions { Pages = 2.. }).ReadAll());
    }

    [Fact]
    public void Sub_pages_are_levels_or_series_of_their_own_and_loops_among_them_end()
    {
        var builder = new TiffBuilder()
            .Add(8, 8, 8, [new byte[64]], tags: (TiffTag.SubDirectories, Long, [0]))
            .Add(4, 4, 8, [One(5)])
            .Add(9, 9, 8, [new byte[81]]);
        byte[] file = builder.Build();
        int link = builder.Entries[builder.Entries.FindIndex(at => file[at] == 330 % 256 && file[at + 1] == 330 / 256)] + 8;
        builder.Overwrite(file, builder.Links[1], 4, 0); // the second and third are in no chain

        builder.Overwrite(file, link, 4, builder.Directories[1]);
        using (TiffFile level = TiffFile.Open(_folder.Put("level.tif", file)))
        {
            Assert.Single(level.Pages);
            Assert.Equal(One(5), level.Pages[0].SubPages.Single().Read<byte>().ToArray());
            Assert.Equal([8, 4], level.Series.Single().Levels.Select(one => one.Shape[0]));
            Assert.Equal(One(5), level.Series[0].Levels[1].Array<byte>().Compute().ToArray());
            Assert.Empty(level.Pages[0].SubPages[0].SubPages);
        }

        builder.Overwrite(file, link, 4, builder.Directories[2]);
        using (TiffFile own = TiffFile.Open(_folder.Put("own.tif", file)))
            Assert.Equal([8, 9], own.Series.Select(one => one.Shape[0]));

        foreach (long wrong in new long[] { builder.Directories[0], 3, 1 << 30 })
        {
            builder.Overwrite(file, link, 4, wrong);
            using TiffFile open = TiffFile.Open(_folder.Put("wrong.tif", file));
            Assert.Throws<InvalidDataException>(() => open.Pages[0].SubPages);
            Assert.Single(open.Series);
            Assert.Equal(64, open.Pages[0].Read<byte>().FlattenedLength);
        }
    }

    [Fact]
    public void A_level_that_a_page_of_the_series_lacks_is_told_when_it_is_read()
    {
        var builder = new TiffBuilder()
            .Add(8, 8, 8, [new byte[64]], tags: (TiffTag.SubDirectories, Long, [0]))
            .Add(8, 8, 8, [new byte[64]])
            .Add(4, 4, 8, [One(5)]);
        byte[] file = builder.Build();
        builder.Overwrite(file, builder.Entries[builder.Entries.FindIndex(at => file[at] == 330 % 256 && file[at + 1] == 330 / 256)] + 8, 4, builder.Directories[2]);
        builder.Overwrite(file, builder.Links[2], 4, 0);
        using TiffFile open = TiffFile.Open(_folder.Put("lacks.tif", file));

        Assert.Equal([2, 4, 4], open.Series[0].Levels[1].Shape);
        Assert.Contains("page 1: it has 0 smaller versions", Assert.Throws<InvalidDataException>(() => open.Series[0].Levels[1].Array<byte>()).Message, StringComparison.Ordinal);
        Assert.Equal([2, 8, 8], open.Series[0].Array<byte>().Shape);
    }

    private static byte[] One(byte value) => [.. Enumerable.Repeat(value, 16)];
}
