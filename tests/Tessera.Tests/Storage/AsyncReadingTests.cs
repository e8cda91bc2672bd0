using Tessera.Memory;
using Tessera.Pools;
using Tessera.Steps;
using Tessera.Tests.Memory;

namespace Tessera.Tests.Storage;

/// <summary>Sources that are read, and sinks that are written, without holding a worker. Pooled blocks are the whole process's.</summary>
[Collection(nameof(Alone))]
public class AsyncReadingTests
{
    private const int Count = 64;

    private static readonly Shape Frames = [Count, 512, 2048], OneByOne = [1, 512, 2048]; // a task's worth each

    private static readonly ComputeOptions Two = new() { Scheduler = Schedulers.Threads(2) };

    private static IBlockSource Numbers(Shape shape) => new Formula(shape);

    private static ChunkedArray<int> Over(IBlockSource source) => ChunkedArray.FromSource<int>(source);

    private static long SumOf(Shape shape)
    {
        long sum = 0;
        for (long i = 0; i < shape.Length; i++)
            sum += i % 1000;
        return sum;
    }

    /// <summary>None of them is done before all have begun, on two workers.</summary>
    [Fact]
    public async Task As_many_reads_wait_at_once_as_there_is_memory_for()
    {
        foreach (bool isAsync in new[] { false, true })
        {
            var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var source = new AwaitedSource(Numbers(Frames))
            {
                Begun = now =>
                {
                    if (now == Count)
                        all.SetResult();
                },
                Waiting = (_, cancellation) => all.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation),
            };
            LazyScalar<long> sum = Over(source).Sum();
            Assert.Equal(SumOf(Frames), isAsync ? await sum.ComputeAsync(Two) : sum.Compute(Two));
            Assert.Equal((Count, Count, 0), (source.Most, source.Reads.Count, source.Synchronous));
        }
    }

    [Fact]
    public void No_more_reads_wait_than_memory_has_room_for()
    {
        var source = new AwaitedSource(Numbers(Frames)) { Waiting = static async (_, _) => await Task.Delay(5) };
        Over(source).Sum().Compute(Two with { MemoryBudget = 64L << 20 });
        Assert.InRange(source.Most, 2, 16); // of 4 MiB each
    }

    [Fact]
    public void A_source_is_read_once_for_all_who_need_it_and_everything_is_as_if_it_were_read_synchronously()
    {
        Shape shape = [5, 300, 400], chunks = [1, 300, 400];
        ArraySource plain = ArraySource.OfInts(shape, chunks);
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(1), Schedulers.Threads(3) })
        {
            var options = new ComputeOptions { Scheduler = scheduler };
            foreach (Func<ChunkedArray<int>, ChunkedArray<int>> of in new Func<ChunkedArray<int>, ChunkedArray<int>>[]
            {
                x => x,
                x => x[.., 7..100, ..],
                x => x - x.Min(axis: 0),
                x => (x * 3) + x.Transpose().Transpose(),
                x => ChunkedArray.Concatenate([x, x + 1], axis: 0),
                x => x.Reshape([5 * 300, 400]).Max(axis: 0),
            })
            {
                var source = new AwaitedSource(plain);
                Assert.Equal(of(Over(plain)).Compute(options).ToArray(), of(Over(source)).Compute(options).ToArray());
                Assert.True(source.Reads.Count <= 5, "A chunk was read twice.");
                Assert.Equal(0, source.Synchronous);
            }
        }

        Assert.Equal(0, BlockPool.Shared.RunBytes);
    }

    [Fact]
    public void Where_memory_is_too_small_to_keep_it_a_source_is_read_synchronously()
    {
        var source = new AwaitedSource(Numbers(Frames));
        ChunkedArray<int> x = Over(source);
        (x - x.Mean(axis: 0).Cast<int>()).Max().Compute(Two with { MemoryBudget = 96L << 20 });
        Assert.True(source.Synchronous > 0 && source.Reads.Count == 0, $"{source.Synchronous} reads were synchronous and {source.Reads.Count} not.");
    }

    public static TheoryData<string> Operations => ["all", "over frames", "over rows", "shifted", "normalized"];

    /// <summary>The budget is the least that any plan needs: nothing is read ahead of the tasks that need it, and each of them reads for itself.</summary>
    [Theory, MemberData(nameof(Operations))]
    public void Where_nothing_fits_it_is_read_within_the_tasks_and_the_budget_is_kept(string operation)
    {
        IBlockSource numbers = Numbers([24, 512, 512]);
        ChunkedArray<int> expected = Applied(Over(numbers));
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(1), Schedulers.Threads(3) })
        {
            var source = new AwaitedSource(numbers);
            ChunkedArray<int> array = Applied(Over(source));
            var profile = new RunProfile();
            var options = new ComputeOptions { Scheduler = scheduler, Profile = profile, MemoryBudget = Least(array) };
            Assert.Equal(expected.Compute().ToArray(), array.Compute(options).ToArray());
            Assert.True(source.Synchronous > 0 && source.Reads.Count == 0, $"{source.Synchronous} reads were synchronous and {source.Reads.Count} not.");
            Assert.InRange(profile.PeakBytes, 1, options.MemoryBudget.Value);
            Assert.Throws<MemoryBudgetException>(() => array.Compute(options with { MemoryBudget = options.MemoryBudget - 1 }));
        }

        Assert.Equal(0, BlockPool.Shared.RunBytes);

        ChunkedArray<int> Applied(ChunkedArray<int> x) => operation switch
        {
            "all" => x.Max().AsArray(),
            "over frames" => x.Max(axis: 0),
            "over rows" => x.Min(axis: 2),
            "shifted" => (x[1..] - x[..^1]).Max(axis: 0),
            _ => (x - x.Min(axis: 0)).Max(axis: 1),
        };
    }

    private static long Least(ChunkedArray<int> array)
    {
        long result = array.Shape.Length * sizeof(int);
        var nowhere = new MemoryDestination(0, ElementType.Int32, array.Shape);
        Plan least = Computation.PlanFor(array.Expression, nowhere, result, new ComputeOptions { MemoryBudget = 1 }).Plan;
        Assert.False(least.ReadsAside);
        return least.Forecast.PeakBytes + result;
    }

    [Fact]
    public void A_failure_ends_the_run_once_no_read_is_under_way()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(2) })
        {
            var source = new AwaitedSource(Numbers([20, 512, 2048]))
            {
                Waiting = async (region, cancellation) =>
                {
                    if (region.Start[0] == 7)
                        throw new InvalidDataException("bad answer");
                    await Task.Delay(region.Start[0] > 7 ? 50 : 1, CancellationToken.None); // heeds no token
                },
            };
            var error = Assert.Throws<ComputationException>(() => Over(source).Sum().Compute(new ComputeOptions { Scheduler = scheduler }));
            Assert.IsType<InvalidDataException>(error.InnerException);
            Assert.Contains("bad answer", error.Message);
            Assert.Equal((0, 0L), (source.UnderWay, BlockPool.Shared.RunBytes));
        }
    }

    [Fact]
    public void A_run_that_is_cancelled_cancels_its_reads_and_waits_for_them()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(2) })
        {
            using var cancel = new CancellationTokenSource();
            int cancelled = 0;
            var source = new AwaitedSource(Numbers(Frames))
            {
                Begun = now =>
                {
                    if (now == Math.Min(scheduler.Workers, 2) * 8 || scheduler.Workers == 1)
                        cancel.CancelAfter(1);
                },
                Waiting = async (_, cancellation) =>
                {
                    try
                    {
                        await Task.Delay(Timeout.Infinite, cancellation);
                    }
                    finally
                    {
                        await Task.Delay(20, CancellationToken.None);
                        Interlocked.Increment(ref cancelled);
                    }
                },
            };
            var error = Assert.ThrowsAny<OperationCanceledException>(() => Over(source).Sum().Compute(new ComputeOptions { Scheduler = scheduler, Cancellation = cancel.Token }));
            Assert.Equal(cancel.Token, error.CancellationToken);
            Assert.Equal((0, source.Reads.Count, 0L), (source.UnderWay, cancelled, BlockPool.Shared.RunBytes));
        }
    }

    [Fact]
    public void Memory_is_refused_once_its_read_is_done()
    {
        Memory<byte> kept = default;
        var source = new Keeping(Numbers([1, 10, 10]), memory => kept = memory);
        Over(source).Compute();
        Assert.Contains("after the read", Assert.Throws<ObjectDisposedException>(() => kept.Span[0]).Message);
        Assert.Throws<ObjectDisposedException>(() => kept.Pin());
    }

    /// <summary>So what the source works with, which may be no process's but this one's, needn't travel.</summary>
    [Fact]
    public void Where_tasks_are_done_by_processes_the_reads_wait_in_this_one()
    {
        Shape shape = [8, 1024, 1024];
        using WorkerPool pool = WorkerPool.Processes(1);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new AwaitedSource(Numbers(shape))
        {
            Begun = now =>
            {
                if (now == 8)
                    all.SetResult();
            },
            Waiting = (_, cancellation) => all.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation),
            TravelForm = new Elsewhere(shape),
        };
        ChunkedArray<int> stack = ChunkedArray.Concatenate(Enumerable.Range(0, 8).Select(i => Over(source)[i..(i + 1), .., ..] + 1), axis: 0);
        Assert.Equal((Over(Numbers(shape)) + 1).Compute().ToArray(), stack.Compute(new ComputeOptions { Scheduler = Schedulers.Processes(pool) }).ToArray());
        Assert.Equal(0, source.Synchronous);
        Assert.Equal(0, ((ProcessCrew)pool.Crew).Blocks.RentedBlocks);
    }

    [Fact]
    public void As_many_writes_wait_at_once_as_there_is_memory_for_and_hold_no_worker()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new AwaitedSink(OneByOne, now =>
        {
            if (now == Count)
                all.SetResult();
            return all.Task.WaitAsync(TimeSpan.FromMinutes(2));
        });
        Over(Numbers(Frames)).Save(sink, Two);
        Assert.Equal((Frames.Length, SumOf(Frames), 0), (sink.Elements, sink.Sum, sink.UnderWay));
        Assert.Equal(0, BlockPool.Shared.RunBytes);
    }

    [Fact]
    public void A_write_that_fails_is_told_and_the_sink_abandoned_when_no_other_is_under_way()
    {
        var sink = new AwaitedSink(OneByOne, async now =>
        {
            await Task.Delay(now == 3 ? 1 : 40);
            if (now == 3)
                throw new IOException("disk full");
        });
        var error = Assert.Throws<ComputationException>(() => Over(Numbers(Frames)).Save(sink, Two));
        Assert.Contains("disk full", error.Message);
        Assert.Equal((0, true), (sink.UnderWayWhenAbandoned, sink.UnderWay == 0));
        Assert.Equal(0, BlockPool.Shared.RunBytes);
    }

    /// <summary>The element at a place in C order is its number below 1000.</summary>
    private sealed class Formula(Shape shape) : IBlockSource
    {
        public string Name => "formula";

        public ElementType ElementType => ElementType.Int32;

        public Shape Shape => shape;

        public Shape StorageChunks => [1, .. shape.Skip(1)];

        public bool IsCheap => true;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
        {
            Span<int> elements = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(destination);
            int at = 0;
            foreach (ReadOnlySpan<long> index in region.Indices(shape.Rank - 1))
            {
                long first = (shape.PositionOf(index) * shape[^1]) + region.Start[^1];
                for (long i = 0; i < region.Extent[^1]; i++)
                    elements[at++] = (int)((first + i) % 1000);
            }
        }
    }

    private sealed record Elsewhere(Shape Shape) : ITravelForm<AwaitedSource>
    {
        public AwaitedSource Open() => new(new Formula(Shape)) { Waiting = (_, _) => throw new InvalidOperationException("It was read in a worker process.") };
    }

    private sealed class Keeping(IBlockSource elements, Action<Memory<byte>> keep) : IBlockSource
    {
        public string Name => "keeping";

        public ElementType ElementType => elements.ElementType;

        public Shape Shape => elements.Shape;

        public Shape StorageChunks => elements.StorageChunks;

        public bool IsCheap => true;

        public bool ReadsAsync => true;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation) => elements.Read(region, destination, cancellation);

        public ValueTask ReadAsync(Region region, Memory<byte> destination, CancellationToken cancellation)
        {
            keep(destination);
            Read(region, destination.Span, cancellation);
            return default;
        }
    }

    private sealed class AwaitedSink(Shape chunks, Func<int, Task> wait) : IBlockSink
    {
        private int _underWay, _begun;
        private long _elements, _sum;

        public string Name => "awaited sink";

        public Shape StorageChunks => chunks;

        public bool WritesAsync => true;

        public int UnderWay => Volatile.Read(ref _underWay);

        public int UnderWayWhenAbandoned { get; private set; } = -1;

        public long Elements => _elements;

        public long Sum => _sum;

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation) => Assert.Fail("It is to be written asynchronously.");

        public async ValueTask WriteAsync(Region region, ReadOnlyMemory<byte> elements, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _underWay);
            try
            {
                await wait(Interlocked.Increment(ref _begun));
                Interlocked.Add(ref _elements, region.Length);
                foreach (int element in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(elements.Span))
                    Interlocked.Add(ref _sum, element);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }

        public void Complete() => Assert.Equal(0, UnderWay);

        public void Abandon() => UnderWayWhenAbandoned = UnderWay;
    }
}
