using System.Numerics.Tensors;

namespace Tessera.Tests.Delaying;

/// <summary>Arrays over delayed values, and delayed values over arrays, in one graph.</summary>
public class DeliveredArrayTests
{
    public static TheoryData<int> Workers => [1, 2, 5];

    [Theory, MemberData(nameof(Workers))]
    public void Arrays_of_every_form_are_taken_as_they_are(int workers)
    {
        var options = new ComputeOptions { Scheduler = Schedulers.Threads(workers) };
        int[,] matrix = { { 1, 2, 3 }, { 4, 5, 6 } };
        int[] flat = [1, 2, 3, 4, 5, 6];
        ChunkedArray<int>[] all =
        [
            ChunkedArray.FromDelayed(Delayed.Call(() => Tensor.Create(flat, [2, 3])), [2, 3]),
            ChunkedArray.FromDelayed(Delayed.Call(() => Tensor.Create(flat, [3, 2]).PermuteDimensions([1, 0])), [2, 3]),
            ChunkedArray.FromDelayed(Delayed.Call(() => flat), [2, 3]),
            ChunkedArray.FromDelayed(Delayed.Call(() => matrix), [2, 3]),
            ChunkedArray.FromDelayed(Delayed.Call(() => flat.AsMemory()), [2, 3]),
            ChunkedArray.FromDelayed(Delayed.Call(() => (ReadOnlyMemory<int>)flat), [2, 3]),
        ];
        int[][] expected = [flat, [1, 3, 5, 2, 4, 6], flat, flat, flat, flat];
        Assert.All(all.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Compute(options)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], ChunkedArray.FromDelayed(Delayed.Call(() => new int[2, 2, 2] { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } }), [2, 2, 2]).Compute(options));
        Assert.Equal(6, ChunkedArray.FromDelayed(Delayed.Call(() => 6)).Compute(options));
    }

    [Fact]
    public void A_value_of_another_shape_fails_with_both_shapes()
    {
        ChunkedArray<int> x = ChunkedArray.FromDelayed(Delayed.Function(() => new int[4, 5], "load")(), [5, 4]);
        var error = Assert.Throws<ComputationException>(() => x.Sum().Compute());
        Assert.IsType<InvalidDataException>(error.InnerException);
        Assert.Contains("(4, 5)", error.Message);
        Assert.Contains("(5, 4)", error.Message);
        Assert.Contains("load", error.Message);
        Assert.Contains("(3,)", Assert.Throws<ComputationException>(() => ChunkedArray.FromDelayed(Delayed.Call(() => new byte[3]), [2, 2]).Compute()).Message);
        Assert.Contains("(2, 2)", Assert.Throws<ComputationException>(
            () => ChunkedArray.FromDelayed(Delayed.Call(() => Tensor.Create(new byte[4], [4])), [2, 2]).Compute()).Message);
    }

    [Theory, MemberData(nameof(Workers))]
    public void A_stack_by_hand_equals_the_array_that_it_was_cut_from(int workers)
    {
        var options = new ComputeOptions { Scheduler = Schedulers.Threads(workers) };
        ChunkedArray<int> movie = new ChunkedRandom(3).Integers(0, 1000, [40, 30, 50]).Persist();
        ChunkedArray<int> stack = ByHand(movie, out int[] loads);
        Assert.Equal(movie.Max(axis: 0).Compute(), stack.Max(axis: 0).Compute(options));
        Assert.Equal(Enumerable.Repeat(1, 40), loads);
        Assert.Equal(movie.Sum(axes: [1, 2]).Compute(), stack.Sum(axes: [1, 2]).Compute(options));
        Assert.Equal(movie.ArgMax(axis: 0).Compute(), stack.ArgMax(axis: 0).Compute(options));
        Assert.Equal(movie[Slice.Every(-3), 5..9, ^2].Compute(), stack.Rechunk([7, 7, 7])[Slice.Every(-3), 5..9, ^2].Compute(options));
        Assert.Equal(movie.Transpose().Reshape(-1, 8).Compute(), stack.Transpose().Reshape(-1, 8).Compute(options));
        Assert.Equal((movie[1..] - movie[..^1]).Abs().Max().Compute(), (stack[1..] - stack[..^1]).Abs().Max().Compute(options));
        double std = movie.Std().Compute();
        Assert.Equal(std, stack.Std().Compute(options), std * 1e-12);
        Assert.All(
            movie.Std(axis: 0).Compute().Zip(stack.Std(axis: 0).Compute(options)), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-12));
    }

    [Fact]
    public void The_bits_of_a_stack_by_hand_are_the_same_on_every_scheduler()
    {
        ChunkedArray<double> movie = new ChunkedRandom(4).Normal([20, 300, 2000]).Persist();
        ChunkedArray<double> Stack() => ChunkedArray.Stack(Enumerable.Range(0, 20).Select(i => ChunkedArray.FromDelayed(movie[i].ToDelayedTensor(), [300, 2000])));
        Tensor<double> serial = (Stack() - Stack().Mean()).Std(axis: 0).Compute(new ComputeOptions { Scheduler = Schedulers.Serial });
        foreach (int workers in new[] { 2, 3, 8 })
            Assert.Equal(serial, (Stack() - Stack().Mean()).Std(axis: 0).Compute(new ComputeOptions { Scheduler = Schedulers.Threads(workers) }));
    }

    [Fact]
    [Trait("Scheduler", "threads")] // loads are counted in this process
    public void Only_what_a_slice_needs_is_loaded_and_each_once_however_often_it_is_read()
    {
        ChunkedArray<int> stack = ByHand(new ChunkedRandom(3).Integers(0, 1000, [40, 30, 50]), out int[] loads);
        stack[5..8, ..3].Compute();
        Assert.Equal([5, 6, 7], Enumerable.Range(0, 40).Where(i => loads[i] == 1));
        Assert.Equal(3, loads.Sum());

        Array.Clear(loads);
        (stack.Cast<double>() - stack.Mean(axis: 0)).Std().Compute();
        Assert.Equal(Enumerable.Repeat(1, 40), loads);
    }

    [Fact]
    public void Frames_are_let_go_as_a_reduction_over_them_goes_on()
    {
        // 64 frames of 4 MiB are folded into a state of 64 MiB, two frames at a time, whose result has 32 MiB; with all frames it would be 352 MiB.
        int loaded = 0;
        ChunkedArray<byte> stack = ChunkedArray.Stack(Enumerable.Range(0, 64).Select(i => ChunkedArray.FromDelayed(Delayed.Call(() =>
        {
            Interlocked.Increment(ref loaded);
            return new byte[2048 * 2048];
        }), [2048, 2048])));
        var options = new ComputeOptions { MemoryBudget = 160 << 20, Scheduler = Schedulers.Threads(2) };
        Assert.Equal(0, stack.Std(axis: 0).Max().Compute(options));
        Assert.Equal(64, loaded);
        Assert.Throws<MemoryBudgetException>(() => stack.Std(axis: 0).Max().Compute(options with { MemoryBudget = 16 << 20 }));
        Assert.Equal(64, loaded);
    }

    [Fact]
    public void Asynchronous_loads_keep_to_the_budget()
    {
        int live = 0, most = 0;
        var gate = new Lock();
        var load = Delayed.Function(async (int n) =>
        {
            int now = Interlocked.Increment(ref live);
            lock (gate)
                most = Math.Max(most, now);
            await Task.Delay(20); // long enough for all to be begun, if nothing held them back
            Interlocked.Decrement(ref live);
            return new byte[1 << 20];
        });
        ChunkedArray<byte> stack = ChunkedArray.Stack(Enumerable.Range(0, 200).Select(i => ChunkedArray.FromDelayed(load(i), [1024, 1024])));
        Assert.Equal(0UL, stack.Sum().Compute(new ComputeOptions { MemoryBudget = 32 << 20, Scheduler = Schedulers.Threads(2) }));
        Assert.InRange(most, 2, 32);
    }

    [Fact]
    public void Delayed_values_take_reductions_and_give_scalars_in_one_graph()
    {
        ChunkedArray<double> x = new ChunkedRandom(1).Uniform([400, 500], chunks: [100, 500]);
        var clamp = Delayed.Function((double mean, double std) => Math.Min(mean, std), "clamp");
        LazyScalar<double> bound = ChunkedArray.FromDelayed(clamp(x.Mean(), x.Std().ToDelayed()));
        double expected = Math.Min(x.Mean().Compute(), x.Std().Compute());
        Assert.Equal(expected, bound.Compute());
        Assert.Equal((x - expected).Max().Compute(), (x - bound).Max().Compute());
    }

    [Fact]
    public void The_chunks_as_delayed_tensors_are_those_of_the_array()
    {
        ChunkedArray<int> x = ChunkedArray.Arange(60).Reshape(6, 10).Rechunk([4, 3]);
        IReadOnlyList<Delayed<Tensor<int>>> blocks = x.ToDelayed();
        Assert.Equal(8, blocks.Count);
        Tensor<int>[] computed = Delayed.Compute(blocks);
        for (int i = 0; i < computed.Length; i++)
        {
            Region region = x.Chunks.RegionOf(i);
            Assert.Equal(region.Extent.Select(size => (nint)size), computed[i].Lengths.ToArray());
            Assert.Equal(x[Slice.Between(region.Start[0], region.End(0)), Slice.Between(region.Start[1], region.End(1))].Compute(), computed[i]);
        }

        var sum = Delayed.Function((IReadOnlyList<int> sums) => sums.Sum());
        var part = Delayed.Function((Tensor<int> block) => block.Sum());
        Assert.Equal(59 * 30, sum(Delayed.WhenAll(blocks.Select(block => part(block)))).Compute());
        Assert.Equal(x.Compute(), x.ToDelayedTensor().Compute());
        Assert.Equal([7], ChunkedArray.Full(7, []).ToDelayed()[0].Compute());
        Assert.Equal([0, 5], Assert.Single(ChunkedArray.Zeros<byte>([0, 5]).ToDelayed()).Compute().Lengths.ToArray());
    }

    [Fact]
    public void The_summary_counts_the_tasks_of_the_graph()
    {
        ChunkedArray<double> x = new ChunkedRandom(2).Uniform([300, 400], chunks: [100, 400]);
        ChunkedArray<double> half = ChunkedArray.FromDelayed((x - x.Mean())[..150, ..].Rechunk([50, 50]).ToDelayedTensor(), [150, 400]);
        Assert.Contains($" {half.Graph().Count} tasks", half.ToString());
    }

    [Fact]
    [Trait("Scheduler", "threads")] // calls are counted in this process
    public void Blocks_that_share_work_share_it()
    {
        int calls = 0;
        ChunkedArray<int> x = ChunkedArray.FromFunction(index => { Interlocked.Increment(ref calls); return (int)index[0]; }, [100], chunks: [10]);
        ChunkedArray<double> centred = x.Cast<double>() - x.Mean();
        Delayed.Compute(centred.ToDelayed());
        Assert.Equal(100, calls); // kept, because it is expensive and read again by every block
    }

    private static ChunkedArray<int> ByHand(ChunkedArray<int> movie, out int[] loads)
    {
        int[] counts = loads = new int[movie.Shape[0]];
        var load = Delayed.Function((int frame) =>
        {
            Interlocked.Increment(ref counts[frame]);
            return movie[frame].Compute();
        }, "load");
        return ChunkedArray.Stack(Enumerable.Range(0, counts.Length).Select(i => ChunkedArray.FromDelayed(load(i), [movie.Shape[1], movie.Shape[2]])));
    }

    [Fact]
    public void Arrays_that_become_known_in_the_run_are_refused_if_all_of_them_do_not_fit()
    {
        const int frames = 8, elements = 1 << 17;
        Delayed<long[]> Frame(int i) => Delayed.Value(i).SelectMany(n => Delayed.Call(() => Enumerable.Repeat((long)n, elements).ToArray()));
        ChunkedArray<long> stack = ChunkedArray.Stack(Enumerable.Range(0, frames).Select(i => ChunkedArray.FromDelayed(Frame(i), [elements])));

        // Values of such runs are kept to its end, so the eight MiB are in memory together.
        var error = Assert.Throws<MemoryBudgetException>(() => stack.Sum().Compute(new() { MemoryBudget = 4 << 20 }));
        Assert.True(error.RequiredBytes >= frames * elements * sizeof(long), error.Message);
        Assert.Equal(28L * elements, stack.Sum().Compute(new() { MemoryBudget = 64 << 20 }));
    }
}
