using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.TiffFormat.Tests;

/// <summary>What reading and writing say they take, against what they rent; and what they say of costs.</summary>
[Collection(nameof(Alone))] // what is rented is told to listeners, at the cost of all who rent
public sealed class WorkingBytesTests : IDisposable
{
    private const long State = 600 << 10; // of a codec, which isn't rented

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Layouts() => [.. Enumerable.Range(0, Options.Length)];

    private static readonly TiffOptions[] Options =
    [
        new() { RowsPerStrip = 10_000 },
        new() { RowsPerStrip = 7 },
        new() { TileSize = 32 },
        new() { RowsPerStrip = 50, Compression = TiffCompression.Deflate },
        new() { RowsPerStrip = 10_000, Compression = TiffCompression.Deflate },
        new() { TileSize = 64, Compression = TiffCompression.Deflate, Predictor = TiffPredictor.Horizontal },
    ];

    [Theory, MemberData(nameof(Layouts))]
    public void Reads_and_writes_rent_no_more_than_they_say_and_not_much_less(int layout)
    {
        RentedPeak.Check();
        var elements = new ushort[3 * 300 * 500];
        new Random(7).NextBytes(MemoryMarshal.AsBytes(elements.AsSpan())); // which no codec makes shorter
        string path = _folder.PathOf("stack.tif");
        IBlockSink sink = new TiffSink(path, ElementType.UInt16, [3, 300, 500], Options[layout]);
        sink.Begin(ElementType.UInt16, [3, 300, 500]);
        long wrote = RentedPeak.Of(() => sink.Write(new Region([3, 300, 500]), MemoryMarshal.AsBytes(elements.AsSpan()), TestContext.Current.CancellationToken));
        sink.Complete();
        Within(wrote, sink.WorkingBytes(new Region([3, 300, 500])));

        IBlockSource source = ImageStack.Source<ushort>(path);
        var random = new Random(layout);
        long most = 0;
        for (int turn = 0; turn < 100; turn++)
        {
            Region region = Sources.RandomRegion(random, source.Shape);
            var read = new byte[region.Length * 2];
            long took = RentedPeak.Of(() => source.Read(region, read, TestContext.Current.CancellationToken));
            Assert.True(took <= source.WorkingBytes(region), $"{took} bytes were rented for {region}, and {source.WorkingBytes(region)} were said.");
            most = Math.Max(most, took);
        }

        Within(most, source.WorkingBytes(new Region(source.Shape)));
    }

    [Fact]
    public void Costs_are_those_of_the_codec_and_travel()
    {
        ReadCost CostOf(TiffOptions options)
        {
            string path = _folder.PathOf($"{Guid.NewGuid():N}.tif");
            Tiff.Write(path, Tensor.Create(new ushort[100 * 100], [100, 100]), options);
            IBlockSource source = ImageStack.Source<ushort>(path);
            IBlockSource there = source.TravelForm!.Open();
            Assert.Equal((source.Name, source.Shape, source.Cost, source.WorkingBytes(default)), (there.Name, there.Shape, there.Cost, there.WorkingBytes(default)));
            Assert.Equal(source.ReadAll(), there.ReadAll());
            return source.Cost;
        }

        Assert.Equal(ReadCost.UncompressedFile, CostOf(new()));
        ReadCost deflated = CostOf(new() { Compression = TiffCompression.Deflate });
        ReadCost predicted = CostOf(new() { Compression = TiffCompression.Deflate, Predictor = TiffPredictor.Horizontal });
        Assert.True(deflated.NanosecondsPerByte > 5 * ReadCost.UncompressedFile.NanosecondsPerByte);
        Assert.True(predicted.NanosecondsPerByte > deflated.NanosecondsPerByte);
    }

    private static void Within(long took, long said)
    {
        Assert.True(took <= said, $"{took} bytes were rented, and {said} were said.");
        Assert.True(said <= (3 * took) + State, $"{took} bytes were rented, and {said} were said.");
    }
}
