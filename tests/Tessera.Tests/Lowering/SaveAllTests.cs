using System.Numerics.Tensors;
using Tessera.Lowering;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering;

public class SaveAllTests
{
    private const long Chunk = 64 * 1024 * sizeof(int);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_sink_gets_its_array(bool processes)
    {
        using WorkerPool? pool = processes ? WorkerPool.Processes(2) : null;
        ComputeOptions options = new() { Scheduler = pool is null ? Schedulers.Threads(3) : Schedulers.Processes(pool) };
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(ArraySource.OfInts([30, 40, 50], [5, 60, 70]), [7, 40, 25]);
        ChunkedArray<int>[] arrays = [x + 1, x.Transpose(), x.Max(axis: 0), x.Min().AsArray(), ChunkedArray.Zeros<int>([0, 3]), x];
        ArraySink[] sinks = [new([5, 7, 9]), new([50, 1, 1]), new([10, 50]), new(Shape.Scalar), new([1, 1]), new([30, 40, 50])];
        ChunkedArray.SaveAll(arrays.Zip(sinks, ArrayOutput.Of), options);
        for (int i = 0; i < arrays.Length; i++)
        {
            if (arrays[i].Length > 0)
                Holds(sinks[i], arrays[i]);
            Assert.Equal((1, 1, 0), (sinks[i].Begun, sinks[i].Completed, sinks[i].Abandoned));
            Assert.Equal(arrays[i].Length, sinks[i].Writes.Sum(region => region.Length));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_arrays_share_is_read_once_even_where_memory_does_not_hold_it(int workers)
    {
        ArraySource source = ArraySource.OfInts([200, 256, 256], [1, 256, 256]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
        ChunkedArray<int>[] arrays = [x.Max(axis: 0), x.Min().AsArray(), x.Mean(axis: 0).Cast<int>(), x.Std().AsArray().Cast<int>(), x + 1];
        ArraySink[] sinks = [new([256, 256]), new(Shape.Scalar), new([256, 256]), new(Shape.Scalar), new([1, 256, 256])];
        ChunkedArray.SaveAll(arrays.Zip(sinks, ArrayOutput.Of), new ComputeOptions { Scheduler = Schedulers.Threads(workers), MemoryBudget = 176 * Chunk });
        Assert.Equal(x.Length, source.ElementsRead);
        for (int i = 0; i < arrays.Length; i++)
            Holds(sinks[i], arrays[i]);
    }

    [Fact]
    public void Over_the_budget_it_is_read_again_rather_than_refused()
    {
        ArraySource source = ArraySource.OfInts([64, 256, 256], [1, 256, 256]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
        ArraySink[] sinks = [new([1, 256, 256]), new([1, 256, 256])];
        ChunkedArray.SaveAll([ArrayOutput.Of(x, sinks[0]), ArrayOutput.Of(x[.., (^1).., ..] + x, sinks[1])], new ComputeOptions { MemoryBudget = 48 * Chunk });
        Holds(sinks[0], x);
    }

    [Fact]
    public void When_one_fails_all_are_abandoned()
    {
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(ArraySource.OfInts([100], [10]));
        var good = new ArraySink([10]);
        var bad = new ArraySink([10]) { Writing = _ => throw new IOException("disk full") };
        Assert.Contains("disk full", Assert.Throws<ComputationException>(() => ChunkedArray.SaveAll([ArrayOutput.Of(x, good), ArrayOutput.Of(x + 1, bad)])).Message);
        Assert.All([good, bad], sink => Assert.Equal((1, 0, 1), (sink.Begun, sink.Completed, sink.Abandoned)));
    }

    [Fact]
    public void An_abandoned_sink_that_fails_leaves_the_reason_and_the_other_sinks()
    {
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(ArraySource.OfInts([100], [10]));
        var worse = new ArraySink([10]) { Abandoning = () => throw new IOException("can't be undone") };
        var bad = new ArraySink([10]) { Writing = _ => throw new IOException("disk full") };
        Assert.Contains("disk full", Assert.Throws<ComputationException>(() => ChunkedArray.SaveAll([ArrayOutput.Of(x, worse), ArrayOutput.Of(x + 1, bad)])).Message);
        Assert.All([worse, bad], sink => Assert.Equal((1, 0, 1), (sink.Begun, sink.Completed, sink.Abandoned)));
    }

    [Fact]
    public void When_one_refuses_those_before_it_are_abandoned()
    {
        ArraySink[] sinks = [new([4]), new([4])];
        Assert.ThrowsAny<Exception>(() => ChunkedArray.SaveAll(
            [ArrayOutput.Of(ChunkedArray.Zeros<int>([4]), sinks[0]), ArrayOutput.Of(ChunkedArray.Zeros<double>([4]), sinks[1])]));
        Assert.Equal((1, 0, 1), (sinks[0].Begun, sinks[0].Completed, sinks[0].Abandoned));
        Assert.Equal((0, 0, 0), (sinks[1].Begun, sinks[1].Completed, sinks[1].Abandoned));
    }

    [Fact]
    public async Task A_sink_takes_one_array_and_none_are_fine()
    {
        var sink = new ArraySink([4]);
        ArrayOutput output = ArrayOutput.Of(ChunkedArray.Zeros<int>([4]), sink);
        Assert.Contains("array sink was given for 2 arrays", Assert.Throws<ArgumentException>(() => ChunkedArray.SaveAll([output, output])).Message);
        await ChunkedArray.SaveAllAsync([]);
        await ChunkedArray.SaveAllAsync([output]);
        Assert.Equal(1, sink.Completed);
    }

    [Fact]
    public async Task What_is_saved_is_what_the_sequence_had_when_it_was_given()
    {
        var sink = new ArraySink([4]);
        List<ArrayOutput> outputs = [ArrayOutput.Of(ChunkedArray.Zeros<int>([4]), sink)];
        Task saving = ChunkedArray.SaveAllAsync(outputs);
        outputs.Clear();
        await saving;
        Assert.Equal(1, sink.Completed);
        Assert.Throws<ArgumentNullException>(() => { _ = ChunkedArray.SaveAllAsync(null!); });
    }

    [Fact]
    public void Lists_advance_at_the_same_pace()
    {
        Assert.Equal("axbcyd", string.Concat(SideBySide.Order<char>([['a', 'b', 'c', 'd'], ['x', 'y'], []])));
        Assert.Empty(SideBySide.Order<char>([]));
    }

    /// <summary>Compared as spans: millions of elements, each in an object of its own, take xunit seconds, and in one run took minutes.</summary>
    private static void Holds(ArraySink sink, ChunkedArray<int> expected)
    {
        Tensor<int> computed = expected.Compute();
        var elements = new int[computed.FlattenedLength];
        computed.FlattenTo(elements);
        Assert.Equal(elements.Length, sink.Elements.Length);
        Assert.Equal(elements.Length, elements.AsSpan().CommonPrefixLength(sink.Elements));
    }
}
