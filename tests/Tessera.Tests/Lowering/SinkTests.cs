using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering;

public class SinkTests
{
    [Fact]
    public void A_sink_gets_every_element_once_in_whole_storage_chunks()
    {
        var random = new Random(2);
        for (int turn = 0; turn < 100; turn++)
        {
            Shape shape = [random.Next(1, 30), random.Next(1, 40), random.Next(1, 300)];
            ChunkedArray<int> x = ChunkedArray.FromSource<int>(ArraySource.OfInts(shape, [5, 60, 70]), Expressions.TreeBuilder.RandomChunks(random, shape));
            ChunkedArray<int> saved = (turn % 3) switch { 0 => x + 1, 1 => x.Transpose(), _ => x.Max(axis: random.Next(3)) };
            var sink = new ArraySink([.. saved.Shape.Select(size => random.NextInt64(turn % 5 == 0 ? 1 + (size / 4) : 1, size + 10))]);
            saved.Save(sink);

            Assert.Equal(saved.Compute(), sink.Elements);
            Assert.Equal((1, 1, 0), (sink.Begun, sink.Completed, sink.Abandoned));
            Assert.Equal(saved.Length, sink.Writes.Sum(region => region.Length));
            Assert.All(sink.Writes, region =>
            {
                for (int axis = 0; axis < region.Rank; axis++)
                {
                    Assert.Equal(0, region.Start[axis] % sink.StorageChunks[axis]);
                    Assert.True(region.End(axis) == saved.Shape[axis] || region.End(axis) % sink.StorageChunks[axis] == 0);
                }
            });
        }
    }

    [Fact]
    public void A_single_element_and_none_are_saved()
    {
        var one = new ArraySink(Shape.Scalar);
        ChunkedArray.From([3, 9, 2]).Max().AsArray().Save(one);
        Assert.Equal([9], one.Elements);
        var none = new ArraySink([4]);
        ChunkedArray.Zeros<int>([0]).Save(none);
        Assert.Equal((1, 1, 0), (none.Begun, none.Completed, none.Abandoned));
        Assert.Empty(none.Elements);
    }

    [Fact]
    public void A_sink_that_fails_is_abandoned_and_its_error_comes_with_the_region()
    {
        var sink = new ArraySink([1, 512])
        {
            Writing = region =>
            {
                if (region.Start[0] >= 4096)
                    throw new IOException("disk full");
            },
        };
        var error = Assert.Throws<ComputationException>(() => (ChunkedArray.Zeros<int>([8192, 512]) + 1).Save(sink));
        Assert.IsType<IOException>(error.InnerException);
        Assert.Contains("disk full", error.Message);
        Assert.Equal((1, 0, 1), (sink.Begun, sink.Completed, sink.Abandoned));
    }

    [Fact]
    public void A_source_that_fails_abandons_the_sink()
    {
        ArraySource source = new(ArraySource.OfInts([100], [10]).Elements, [10]) { Reading = _ => throw new InvalidDataException("bad chunk") };
        var sink = new ArraySink([10]);
        Assert.Throws<ComputationException>(() => ChunkedArray.FromSource<int>(source).Save(sink));
        Assert.Equal((1, 0, 1), (sink.Begun, sink.Completed, sink.Abandoned));
    }

    [Fact]
    public void A_cancelled_run_abandons_the_sink()
    {
        using var cancel = new CancellationTokenSource();
        var sink = new ArraySink([1, 512]) { Writing = _ => cancel.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            (ChunkedArray.Zeros<int>([65536, 512]) + 1).Save(sink, new ComputeOptions { Cancellation = cancel.Token }));
        Assert.Equal((1, 0, 1), (sink.Begun, sink.Completed, sink.Abandoned));
        Assert.InRange(sink.Writes.Count, 1, Environment.ProcessorCount);
    }

    [Fact]
    public void A_sink_that_refuses_is_not_abandoned()
    {
        var sink = new ArraySink([4]);
        Assert.ThrowsAny<Exception>(() => ChunkedArray.Zeros<double>([4]).Save(sink));
        Assert.Equal((0, 0, 0), (sink.Begun, sink.Completed, sink.Abandoned));
    }

    [Fact]
    public void Storage_chunks_of_another_rank_are_refused_by_name()
    {
        var sink = new ArraySink([4]);
        var error = Assert.Throws<ArgumentException>(() => ChunkedArray.Zeros<int>([4, 4]).Save(sink));
        Assert.Contains("array sink", error.Message);
        Assert.Contains("(4, 4)", error.Message);
        Assert.Equal(1, sink.Abandoned);
    }

    [Fact]
    public void Storage_chunks_that_no_span_can_hold_are_refused_by_name()
    {
        var sink = new HugeChunks();
        var error = Assert.Throws<NotSupportedException>(() => ChunkedArray.Zeros<int>([1L << 32]).Save(sink));
        Assert.Contains("huge chunks", error.Message);
        Assert.Contains("2 GB", error.Message);
        Assert.True(sink.IsAbandoned);

        ChunkedArray.Zeros<int>([3]).Save(sink); // a smaller array makes smaller chunks
        Assert.Equal(3, sink.Taken);
    }

    private sealed class HugeChunks : IBlockSink
    {
        public string Name => "huge chunks";

        public Shape StorageChunks => [1L << 31];

        public bool IsAbandoned { get; private set; }

        public long Taken { get; private set; }

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation) => Taken += region.Length;

        public void Complete()
        {
        }

        public void Abandon() => IsAbandoned = true;
    }
}
