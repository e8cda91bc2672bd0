using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Tessera.Steps;
using Tessera.Tests.Memory;
using Tessera.Tests.Pools;
using Tessera.Tests.Scheduling;

namespace Tessera.Tests.Storage;

/// <summary>What sources and sinks say of themselves beyond the elements, and what is said for those that don't.</summary>
[Collection(nameof(Alone))]
public class ContractTests
{
    /// <summary>The members that a source had to have from the first release on, and no other: it compiles, and is read as ever.</summary>
    private sealed class FirstSource(bool isCheap) : IBlockSource
    {
        public string Name => "first source";

        public ElementType ElementType => ElementType.Int32;

        public Shape Shape => [100, 200];

        public Shape StorageChunks => [10, 200];

        public bool IsCheap => isCheap;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
        {
            Span<int> elements = MemoryMarshal.Cast<byte, int>(destination);
            int at = 0;
            foreach (ReadOnlySpan<long> index in region.Indices())
                elements[at++] = (int)((index[0] * 200) + index[1]);
        }
    }

    /// <summary>The same of a sink.</summary>
    private sealed class FirstSink : IBlockSink
    {
        private readonly ConcurrentDictionary<long, int> _rows = new();

        public string Name => "first sink";

        public Shape StorageChunks => [1, 200];

        public bool IsComplete { get; private set; }

        public IReadOnlyDictionary<long, int> Rows => _rows;

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
        {
            for (long row = region.Start[0]; row < region.End(0); row++)
                Assert.True(_rows.TryAdd(row, MemoryMarshal.Read<int>(elements[(int)((row - region.Start[0]) * 200 * sizeof(int))..])), "A row was written twice.");
        }

        public void Complete() => IsComplete = true;

        public void Abandon()
        {
        }
    }

    [Theory, InlineData(-1), InlineData(long.MaxValue)]
    public void What_a_source_or_sink_says_that_cannot_be_is_refused_with_its_name(long bytes)
    {
        ArraySource source = ArraySource.OfZeros([4, 4], [2, 4]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(new ArraySource(source.Elements, [2, 4]) { Name = "boaster", Working = bytes });
        string message = Assert.Throws<InvalidOperationException>(() => x.Max().Compute()).Message;
        Assert.Contains("boaster", message);
        Assert.Contains($"{bytes}", message);
        message = Assert.Throws<InvalidOperationException>(() => ChunkedArray.FromSource<int>(source).Save(new Boasting(bytes))).Message;
        Assert.Contains("boasting sink", message);
    }

    private sealed class Boasting(long bytes) : IBlockSink
    {
        public string Name => "boasting sink";

        public Shape StorageChunks => [2, 4];

        public long WorkingBytes(Region region) => bytes;

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
        {
        }

        public void Complete()
        {
        }

        public void Abandon()
        {
        }
    }

    /// <summary>Of a property of another type C# makes a member that implements nothing.</summary>
    [Fact]
    public void A_form_that_nobody_would_ask_for_is_refused()
    {
        Assert.Contains("TravelForm", Assert.Throws<ArgumentException>(() => ChunkedArray.FromSource<int>(new Unasked())).Message);
        Assert.NotNull(ChunkedArray.FromSource<int>(new Asked()));
    }

    private abstract class Zeros : IBlockSource
    {
        public string Name => "zeros";

        public ElementType ElementType => ElementType.Int32;

        public Shape Shape => [4];

        public Shape StorageChunks => [4];

        public bool IsCheap => true;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation) => destination.Clear();
    }

    private sealed class Unasked : Zeros, IBlockSource
    {
        public ITravelForm<Unasked> TravelForm => new Form();

        private sealed record Form : ITravelForm<Unasked>
        {
            public Unasked Open() => new();
        }
    }

    private sealed class Asked : Zeros, IBlockSource
    {
        public ITravelForm<IBlockSource> TravelForm => new Form();

        private sealed record Form : ITravelForm<Asked>
        {
            public Asked Open() => new();
        }
    }

    [Fact]
    public async Task A_source_of_the_first_members_alone_has_good_answers_for_the_others()
    {
        IBlockSource cheap = new FirstSource(isCheap: true), expensive = new FirstSource(isCheap: false);
        var all = new Region(cheap.Shape);
        Assert.Equal((ReadCost.UncompressedFile, ReadCost.Decoding), (cheap.Cost, expensive.Cost));
        Assert.Equal((0L, false, true), (expensive.WorkingBytes(all), expensive.ReadsAsync, expensive.TravelForm is null));
        Assert.Null(((ITravels)expensive).TravelForm);
        var elements = new byte[all.Length * sizeof(int)];
        await expensive.ReadAsync(all, elements, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 20_000), MemoryMarshal.Cast<byte, int>(elements).ToArray());
        Assert.Equal(19_999, ChunkedArray.FromSource<int>(expensive).Max().Compute());
    }

    [Fact]
    public void A_sink_of_the_first_members_alone_has_good_answers_for_the_others()
    {
        var first = new FirstSink();
        IBlockSink sink = first;
        Assert.Equal((0L, false, false), (sink.WorkingBytes(new Region([1, 200])), sink.IsRewritable, sink.WritesAsync));
        ChunkedArray.FromSource<int>(new FirstSource(isCheap: true)).Save(sink);
        Assert.Equal((true, 100), (first.IsComplete, first.Rows.Count));
        Assert.All(first.Rows, row => Assert.Equal(row.Key * 200, row.Value));
    }

    /// <summary>They travel by their fields, and what they have in common by its form.</summary>
    [Fact]
    public void Two_sources_may_share_a_client_that_travels_by_a_form()
    {
        var client = new Client(3);
        ChunkedArray<int> one = ChunkedArray.FromSource<int>(new Served(client, 1)), other = ChunkedArray.FromSource<int>(new Served(client, 10));
        using WorkerPool pool = WorkerPool.Processes(2);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        Assert.Equal([33, 39, 45, 51], (one + other).Compute(processes).ToArray());
        Assert.Equal(12 + 39 + 12, ChunkedArray.Stack([one, other, one]).Max(axis: 1).Sum().Compute(processes));
    }

    private sealed class Client(int factor) : ITravels
    {
        public readonly Thread Native = new(() => { });

        public int Factor => factor;

        public ITravelForm<object> TravelForm => new Form(factor);

        private sealed record Form(int Factor) : ITravelForm<Client>
        {
            public Client Open() => new(Factor);
        }
    }

    private sealed class Served(Client client, int first) : IBlockSource
    {
        public string Name => "served";

        public ElementType ElementType => ElementType.Int32;

        public Shape Shape => [4];

        public Shape StorageChunks => [4];

        public bool IsCheap => true;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
        {
            Span<int> elements = MemoryMarshal.Cast<byte, int>(destination);
            for (int i = 0; i < elements.Length; i++)
                elements[i] = client.Factor * (first + (int)region.Start[0] + i);
        }
    }

    [Fact]
    public void Costs_are_in_their_order()
    {
        ReadCost[] costs = [ReadCost.Memory, ReadCost.UncompressedFile, ReadCost.Decoding];
        Assert.Equal(costs, costs.OrderBy(cost => cost.NanosecondsPerByte));
        Assert.Equal(costs, costs.OrderBy(cost => cost.MicrosecondsPerRead));
        Assert.All(costs, cost => Assert.True(cost.NanosecondsPerByte > 0 && cost.MicrosecondsPerRead > 0));
    }

    [Fact]
    public void What_reads_and_writes_work_with_is_forecast_and_reserved()
    {
        const long working = 100L << 20;
        Shape shape = [16, 1024, 1024], chunks = [1, 1024, 1024];
        int now = 0, most = 0;
        var source = new Working(shape, chunks, working, () => Count(1), () => Count(-1));
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
        Plan plan = Computation.PlanFor(x.Max().Expression, new MemoryDestination(0, ElementType.Int32, Shape.Scalar), 0, new ComputeOptions()).Plan;
        Assert.InRange(plan.Forecast.PeakBytes, working, working + (32 << 20));
        Assert.Equal(working + (4 << 20), Computation.PlanFor(x.Expression, new SinkDestination(new ArraySink(chunks), ElementType.Int32), 0, new ComputeOptions()).Plan.Forecast.PeakBytes);

        var options = new ComputeOptions { MemoryBudget = (5 * working) / 2, Scheduler = Schedulers.Threads(6) };
        x.Max().Compute(options);
        Assert.Equal(2, most);
        var error = Assert.Throws<MemoryBudgetException>(() => x.Max().Compute(options with { MemoryBudget = working / 2 }));
        Assert.True(error.RequiredBytes >= working);

        IBlockSink sink = new WorkingSink(chunks, working);
        Assert.Equal(
            working + (4 << 20), Computation.PlanFor(ChunkedArray.Zeros<int>(shape).Expression, new SinkDestination(sink, ElementType.Int32), 0, new ComputeOptions()).Plan.Forecast.PeakBytes);

        void Count(int change)
        {
            int under = Interlocked.Add(ref now, change);
            for (int seen = most; under > seen; seen = most)
                Interlocked.CompareExchange(ref most, under, seen);
            if (change > 0)
                Thread.Sleep(1);
        }
    }

    /// <summary>Elements that no process has told of are made again; what was handed to the sink is not.</summary>
    [Fact]
    public void A_task_that_is_done_again_writes_to_its_sink_once()
    {
        ChunkedArray<int> x = new ChunkedRandom(seed: 11).Integers<int>(-1000, 1000, shape: [4 * 1024, 1024], chunks: [1024, 1024]) * 3 + 1;
        for (int round = 0; round < 3; round++)
        {
            double moment = round / 2.0;
            using var marks = new Marks();
            using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions
            {
                Initializer = () => DeadlyKernels.SetAt(marks, moment, ofMerges: false, () => x.Compute(new ComputeOptions { Scheduler = Schedulers.Serial })),
            });
            var sink = new ArraySink([1024, 1024]);
            x.Save(sink, new ComputeOptions { Scheduler = Schedulers.Processes(pool) });
            Assert.True(marks.Has(DeadlyKernels.Mark), "Nobody died.");
            Assert.Equal(sink.Writes.Count, sink.Writes.Select(region => region.ToString()).Distinct().Count());
            Assert.Equal(x.Compute().ToArray(), sink.Elements);
        }
    }

    private sealed class Working(Shape shape, Shape chunks, long working, Action begin, Action end) : IBlockSource
    {
        public string Name => "working";

        public ElementType ElementType => ElementType.Int32;

        public Shape Shape => shape;

        public Shape StorageChunks => chunks;

        public bool IsCheap => false;

        public long WorkingBytes(Region region) => working;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
        {
            begin();
            destination.Clear();
            end();
        }
    }

    private sealed class WorkingSink(Shape chunks, long working) : IBlockSink
    {
        public string Name => "working sink";

        public Shape StorageChunks => chunks;

        public long WorkingBytes(Region region) => working;

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
        {
        }

        public void Complete()
        {
        }

        public void Abandon()
        {
        }
    }
}
