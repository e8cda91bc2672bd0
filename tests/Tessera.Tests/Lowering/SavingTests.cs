using System.Runtime.InteropServices;

namespace Tessera.Tests.Lowering;

/// <summary>Work that fits into a small budget when it is planned for it.</summary>
public class SavingTests
{
    private const int Frames = 64, Size = 512;

    private static readonly Shape Movie = [Frames, Size, Size], WholeFrames = [1, Size, Size], Cubes = [64, 64, 64];

    /// <summary>Frames that are decoded whole, saved in chunks that go through all frames: 16 million elements, 32 MiB.</summary>
    [Theory]
    [InlineData(256, 1)]
    [InlineData(48, 1)]
    [InlineData(24, 3)]
    [InlineData(12, 4)]
    [InlineData(5, 10)]
    public void A_frame_is_decoded_about_as_often_as_the_budget_goes_into_the_data(int budgetMebibytes, int most)
    {
        var source = new CountedFrames();
        var options = new ComputeOptions { MemoryBudget = (long)budgetMebibytes << 20 };
        ChunkedArray<ushort> x = ChunkedArray.FromSource<ushort>(source).Rechunk([64, 64, 64]);
        var sink = new CheckedSink();
        string plan = x.Explain(sink, options);
        x.Save(sink, options);
        Assert.Equal(0, sink.Wrong);
        Assert.InRange(source.Decodes.Max(), 1, most);
        Assert.Equal(source.Decodes.Max() > 1, plan.Contains("decoding"));
        if (source.Decodes.Max() > 1)
            Assert.Contains($"decoding {source.Decodes.Sum() / 2} MiB", plan); // a frame has half a MiB
    }

    /// <summary>States of three numbers for each of four million results are kept once, not for every segment of the frames.</summary>
    [Fact]
    public void Statistics_over_frames_fit_into_a_budget_of_some_frames()
    {
        const int n = 40;
        var options = new ComputeOptions { MemoryBudget = 256 << 20 };
        ChunkedArray<double> stack = ChunkedArray.Stack(Enumerable.Range(0, n).Select(i => ChunkedArray.FromSource<double>(new Level(i, isCheap: false))));
        Assert.Equal((n * n - 1) / 12.0, (stack - stack.Mean(axis: 0)).Square().Mean().Compute(options), 1e-9);
        Assert.Equal(Math.Sqrt((n * n - 1) / 12.0) * 2048 * 2048, stack.Std(axis: 0).Sum().Compute(options), 0.1);
    }

    /// <summary>What an operation needs while it is made is free again before the next operand is made.</summary>
    [Fact]
    public void Memory_of_shared_operations_is_not_counted_for_every_use()
    {
        var list = new List<ChunkedArray<double>> { ChunkedArray.Ones<double>([1000]) };
        for (int i = 0; i < 1000; i++)
            list.Add(list.Aggregate((sum, next) => sum + next) / list.Count);
        Assert.All(list[^1].Compute(new ComputeOptions { MemoryBudget = 64 << 20 }), element => Assert.Equal(1, element, 1e-9));
    }

    private sealed class CountedFrames : IBlockSource
    {
        public int[] Decodes { get; } = new int[Frames];

        public string Name => "frames";

        public ElementType ElementType => ElementType.UInt16;

        public Shape Shape => Movie;

        public Shape StorageChunks => WholeFrames;

        public bool IsCheap => false;

        public static ushort At(long frame, long y, long x) => (ushort)((frame * 31) + (y * 7) + x);

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
        {
            Span<ushort> to = MemoryMarshal.Cast<byte, ushort>(destination);
            int at = 0;
            for (long frame = region.Start[0]; frame < region.End(0); frame++)
            {
                Interlocked.Increment(ref Decodes[frame]);
                for (long y = region.Start[1]; y < region.End(1); y++)
                {
                    for (long x = region.Start[2]; x < region.End(2); x++)
                        to[at++] = At(frame, y, x);
                }
            }
        }
    }

    private sealed class CheckedSink : IBlockSink
    {
        private long _wrong, _written;

        public long Wrong => _wrong + Math.Abs(Movie.Length - _written);

        public string Name => "sink";

        public Shape StorageChunks => Cubes;

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
        {
            ReadOnlySpan<ushort> from = MemoryMarshal.Cast<byte, ushort>(elements);
            (int at, long wrong) = (0, 0);
            for (long frame = region.Start[0]; frame < region.End(0); frame++)
            {
                for (long y = region.Start[1]; y < region.End(1); y++)
                {
                    for (long x = region.Start[2]; x < region.End(2); x++)
                        wrong += from[at++] == CountedFrames.At(frame, y, x) ? 0 : 1;
                }
            }

            Interlocked.Add(ref _wrong, wrong);
            Interlocked.Add(ref _written, region.Length);
        }

        public void Complete()
        {
        }

        public void Abandon()
        {
        }
    }

    private sealed class Level(int level, bool isCheap) : IBlockSource
    {
        public string Name => $"level {level}";

        public ElementType ElementType => ElementType.Double;

        public Shape Shape => [2048, 2048];

        public Shape StorageChunks => [2048, 2048];

        public bool IsCheap => isCheap;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation) => MemoryMarshal.Cast<byte, double>(destination).Fill(level);
    }
}
