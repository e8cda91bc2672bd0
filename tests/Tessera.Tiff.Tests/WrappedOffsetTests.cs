namespace Tessera.TiffFormat.Tests;

/// <summary>Classic files longer than 4 GiB: LSM files go on past it with offsets that begin anew, others are refused if their offsets go backwards.</summary>
public sealed class WrappedOffsetTests : IDisposable
{
    private const int Side = 32768, Frames = 6, Thumbnail = 16, Data = 65536;
    private const long Turn = (long)Side * Side + Thumbnail * Thumbnail;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Offsets_of_an_lsm_file_that_begin_anew_are_unwrapped(bool thumbnailsFirst)
    {
        string path = Sparse(lsm: true, thumbnailsFirst);
        ChunkedArray<byte> stack = ImageStack.Open<byte>(path);

        Assert.Equal([Frames, Side, Side], stack.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], stack[.., ..1, ..1].Compute().ToArray());
        using TiffFile file = TiffFile.Open(path);
        Assert.Equal([1, 2, 3, 4, 5, 6], Enumerable.Range(0, Frames).Select(frame => file.Pages[2 * frame].Read<byte>(new Region([0, 0], [1, 1]))[0, 0]));
        Assert.Equal([Frames, Thumbnail, Thumbnail], file.Series[1].Shape);
    }

    [Fact]
    public void Offsets_of_another_file_that_go_backwards_are_refused()
    {
        string path = Sparse(lsm: false, thumbnailsFirst: false);
        string says = Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(path)).Message;

        Assert.Contains("longer than 4 GiB", says, StringComparison.Ordinal);
        using TiffFile file = TiffFile.Open(path);
        Assert.Equal(1, file.Pages[0].Read<byte>(new Region([0, 0], [1, 1]))[0, 0]); // it lies before the first step backwards
        Assert.Throws<InvalidDataException>(() => file.Pages[10].Read<byte>(new Region([0, 0], [1, 1])));
    }

    [Fact]
    public void Offsets_that_lead_past_the_end_even_so_are_refused()
    {
        string path = Sparse(lsm: true, thumbnailsFirst: false);
        using (FileStream file = File.OpenWrite(path))
            file.SetLength(Data + (5 * Turn));

        Assert.Contains("past the end", Assert.Throws<InvalidDataException>(() => ImageStack.Source<byte>(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0, 1, 4, 5, 2, 3, 6, 7)]
    [InlineData(true, 1, 0, 5, 4, 3, 2, 7, 6)]
    public void Positions_of_an_lsm_file_are_stored_time_by_time(bool thumbnailsFirst, params int[] expected)
    {
        var builder = new TiffBuilder();
        for (int page = 0; page < 8; page++)
        {
            builder.Add(4, 4, 8, [new byte[16]], tags:
            [
                (TiffTag.StripOffsets, TiffBuilder.Long, [thumbnailsFirst == (page % 2 == 0) ? 32 : 16]),
                (TiffTag.LsmInfo, TiffBuilder.Byte, page == 0 ? Info(times: 2, positions: 2) : []),
            ]);
        }

        DirectoryChain chain = DirectoryReader.Read(new ReadOnlyFile(_folder.Put("positions.lsm", builder.Build()), OpenFiles.Shared));
        Assert.Equal(expected, LsmOrder.Of(chain.Pages)!.Select(page => page.Number.Page));
        Assert.Null(LsmOrder.Of(chain.Pages, isWhole: false));
        Assert.Null(LsmOrder.Of([.. chain.Pages.Take(6)]));
    }

    [Fact]
    public void Some_pages_of_an_lsm_file_are_unwrapped_as_all_of_them_are()
    {
        const int Times = 2, Positions = 5;
        var builder = new TiffBuilder();
        for (int i = 0; i < Times * Positions; i++)
        {
            long at = Data + (Stored(i) * Turn);
            builder.Add(Side, Side, 8, [[]], tags:
            [
                (TiffTag.StripOffsets, TiffBuilder.Long, [at & 0xFFFFFFFF]), (TiffTag.StripByteCounts, TiffBuilder.Long, [(long)Side * Side]),
                (TiffTag.LsmInfo, TiffBuilder.Byte, i == 0 ? Info(Times, Positions) : []),
            ]);
            builder.Add(Thumbnail, Thumbnail, 8, [[]], tags:
            [
                (TiffTag.NewSubfileType, TiffBuilder.Long, [1]), (TiffTag.StripOffsets, TiffBuilder.Long, [(at + ((long)Side * Side)) & 0xFFFFFFFF]),
                (TiffTag.StripByteCounts, TiffBuilder.Long, [Thumbnail * Thumbnail]),
            ]);
        }

        byte[] head = builder.Build();
        string path = Put();
        int[] all = [.. Enumerable.Range(0, Times * Positions).Select(i => Mark(..(2 * Times * Positions), i))];
        Assert.Equal(Enumerable.Range(0, Times * Positions).Select(i => Stored(i) + 1), all);
        Assert.Equal(Stored(1) + 1, Mark(2..3, 0)); // of the second time, five pictures behind the first: its offset went round and is larger all the same

        builder.Overwrite(head, builder.Links[6], 4, 3);
        path = Put();
        Assert.Contains("the order in which they were stored isn't known", Assert.Throws<InvalidDataException>(() => Mark(..1, 0)).Message, StringComparison.Ordinal);

        static int Stored(int listed) => (listed % Times * Positions) + (listed / Times);

        int Mark(Range pages, int frame)
        {
            using TiffFile file = TiffFile.Open(path, mostPages: pages.End.Value, allowIncomplete: true);
            return file.Pages[pages.Start.Value + (2 * frame)].Read<byte>(new Region([0, 0], [1, 1]))[0, 0];
        }

        string Put()
        {
            string put = _folder.Put("positions.lsm", head);
            using FileStream file = File.OpenWrite(put);
            file.SetLength(Data + (Times * Positions * Turn));
            for (int frame = 0; frame < Times * Positions; frame++)
            {
                file.Position = Data + (frame * Turn);
                file.WriteByte((byte)(frame + 1));
            }

            return put;
        }
    }

    [Fact]
    public void Strips_of_one_page_are_unwrapped_too()
    {
        long[] offsets = [100, 4_000_000_000, 5, 0, 17];
        WrappedOffsets.Unwrap(offsets, added: 1L << 32);

        Assert.Equal([(1L << 32) + 100, (1L << 32) + 4_000_000_000, (1L << 33) + 5, 0, (1L << 33) + 17], offsets);
    }

    /// <summary>A file of 6 GiB that takes some kilobytes of disk: images with a mark in the first pixel and thumbnails by turns.</summary>
    private string Sparse(bool lsm, bool thumbnailsFirst)
    {
        var builder = new TiffBuilder();
        for (int i = 0; i < 2 * Frames; i++)
        {
            bool image = i % 2 == 0;
            int side = image ? Side : Thumbnail;
            builder.Add(side, side, 8, [[]], tags:
            [
                (TiffTag.NewSubfileType, TiffBuilder.Long, [image ? 0 : 1]),
                (TiffTag.StripOffsets, TiffBuilder.Long, [At(i / 2, image, thumbnailsFirst) & 0xFFFFFFFF]),
                (TiffTag.StripByteCounts, TiffBuilder.Long, [(long)side * side]),
                (TiffTag.LsmInfo, TiffBuilder.Byte, lsm && i == 0 ? Info() : []),
            ]);
        }

        string path = _folder.Put("big.lsm", builder.Build());
        using FileStream file = File.OpenWrite(path);
        file.SetLength(Data + (Frames * Turn));
        for (int frame = 0; frame < Frames; frame++)
        {
            file.Position = At(frame, image: true, thumbnailsFirst);
            file.WriteByte((byte)(frame + 1));
        }

        return path;
    }

    private static long At(int frame, bool image, bool thumbnailsFirst) =>
        Data + (frame * Turn) + (image == thumbnailsFirst ? (image ? Thumbnail * Thumbnail : (long)Side * Side) : 0);

    /// <summary>CZ_LSMINFO of images over time, at some positions.</summary>
    private static long[] Info(int times = Frames, int positions = 0)
    {
        var info = new byte[300];
        int[] numbers = [0x0400494C, 300, Side, Side, 1, 1, times, 1, 128, 128];
        Buffer.BlockCopy(numbers, 0, info, 0, numbers.Length * sizeof(int));
        info[264] = (byte)positions;
        return [.. info.Select(one => (long)one)];
    }
}
