using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.Serialization;
using Tessera.Pools;

namespace Tessera.Tests.Scheduling;

/// <summary>What worker processes do of a computation, beyond the law that its bits are those of the serial scheduler.</summary>
public sealed class ProcessSchedulerTests : IDisposable
{
    private readonly WorkerPool _pool = WorkerPool.Processes(2);

    private ComputeOptions Processes => new() { Scheduler = Schedulers.Processes(_pool) };

    public void Dispose()
    {
        _pool.Dispose();
        Assert.Equal(0, ((ProcessCrew)_pool.Crew).Blocks.RentedBlocks);
    }

    [Fact]
    public void Functions_are_called_in_other_processes_and_asynchronous_ones_in_this()
    {
        var where = Delayed.Function((int _) => Environment.ProcessId);
        var here = Delayed.Function(async (int n) =>
        {
            await Task.Delay(n);
            return Environment.ProcessId;
        });
        Assert.NotEqual(Environment.ProcessId, where(1).Compute(Processes));
        Assert.Equal(Environment.ProcessId, here(1).Compute(Processes));
    }

    [Fact]
    public void Arguments_results_and_captured_variables_travel()
    {
        var prefix = new List<string> { "a", "b" };
        var join = Delayed.Function((IReadOnlyList<int> numbers, string end) => string.Join('-', [.. prefix, .. numbers.Select(n => $"{n}"), end]));
        var inc = Delayed.Function((int n) => n + 1);
        Assert.Equal("a-b-2-3-z", join(Delayed.WhenAll([inc(1), inc(2)]), "z").Compute(Processes));
    }

    [Fact]
    public void Values_that_become_known_on_the_way_are_computed_by_processes_as_well()
    {
        var process = Delayed.Function((int n) => (n, Environment.ProcessId));
        Delayed<(int N, int Process)> value = process(1).SelectMany(first => process(first.n + 1));
        (int n, int where) = value.Compute(Processes);
        Assert.Equal(2, n);
        Assert.NotEqual(Environment.ProcessId, where);
    }

    [Fact]
    public void Arrays_in_memory_by_functions_and_delivered_give_what_they_give_here()
    {
        ChunkedArray<double> memory = ChunkedArray.From(Enumerable.Range(0, 300_000).Select(i => (double)i).ToArray(), chunks: [50_000]);
        ChunkedArray<double> function = ChunkedArray.FromFunction(index => (double)(index[0] % 1000), shape: [300_000], chunks: [70_000]);
        var load = Delayed.Function((int k) => Enumerable.Repeat((double)k, 100_000).ToArray());
        ChunkedArray<double> delivered = ChunkedArray.Concatenate(Enumerable.Range(0, 3).Select(k => ChunkedArray.FromDelayed(load(k), shape: [100_000])), axis: 0);
        ChunkedArray<double> all = (memory * 2 - function / (delivered + 1)) - memory.Mean();
        var serial = new ComputeOptions { Scheduler = Schedulers.Serial };
        Assert.Equal(all.Compute(serial), all.Compute(Processes));
        Assert.Equal(all.Std().Compute(serial), all.Std().Compute(Processes));
    }

    [Fact]
    public void A_persisted_array_is_read_by_all_processes()
    {
        ChunkedArray<int> kept = new ChunkedRandom(seed: 3).Integers<int>(0, 100, shape: [500, 1000], chunks: [100, 100]).Persist(Processes);
        Assert.Equal(kept.Sum().Compute(new ComputeOptions { Scheduler = Schedulers.Serial }), kept.Sum().Compute(Processes));
    }

    [Fact]
    public void A_failure_says_operation_and_cause_and_keeps_the_stack_of_the_process()
    {
        ChunkedArray<int> bad = ChunkedArray.FromFunction<int>(_ => throw new InvalidDataException("No such element."), shape: [1000, 1000], chunks: [100, 100]);
        var error = Assert.Throws<ComputationException>(() => bad.Sum().Compute(Processes));
        Assert.Contains("No such element.", error.Message);
        Assert.NotEqual("", error.Block);
        var cause = Assert.IsType<InvalidDataException>(error.InnerException);
        Assert.Contains(nameof(A_failure_says_operation_and_cause_and_keeps_the_stack_of_the_process), cause.StackTrace);
        Assert.Equal(1_000_000, ChunkedArray.Ones<int>([1000, 1000], chunks: [100, 100]).Sum().Compute(Processes));
    }

    [Fact]
    public void What_cannot_travel_is_named_before_anything_runs()
    {
        using var stop = new CancellationTokenSource();
        var look = Delayed.Function((int n) => stop.IsCancellationRequested ? n : -n);
        var error = Assert.Throws<SerializationException>(() => look(1).Compute(Processes));
        Assert.Contains("stop", error.Message);
        Assert.Contains(nameof(CancellationTokenSource), error.Message);
    }

    [Fact]
    public void A_cancelled_computation_interrupts_the_processes()
    {
        using var stop = new CancellationTokenSource();
        var options = Processes with { Cancellation = stop.Token, Progress = new Stopper(stop) };
        ChunkedArray<double> endless = new ChunkedRandom(seed: 1).Normal<double>(shape: [1000, 1000, 10_000], chunks: [10, 100, 10_000]);
        Assert.Throws<OperationCanceledException>(() => endless.Std().Compute(options));
        Assert.True(Delayed.Function((int n) => n > 0)(1).Compute(Processes));
    }

    [Fact]
    public async Task Processes_that_are_killed_change_no_bit()
    {
        ChunkedArray<float> x = new ChunkedRandom(seed: 9).Normal<float>(shape: [128, 512, 1024], chunks: [8, 128, 1024]);
        ChunkedArray<float> expression = (x - x.Mean(axis: 0).Cast<float>()).Square();
        Tensor<float> expected = expression.Sum(axis: 1).Compute();
        int hits = 0;
        for (int kill = 0; kill < 20 && hits < 3; kill++)
        {
            int victim = _pool.Apply((int _) => Environment.ProcessId, 0);
            Task<Tensor<float>> running = expression.Sum(axis: 1).ComputeAsync(Processes);
            await Task.Delay(20, TestContext.Current.CancellationToken);
            Process.GetProcessById(victim).Kill();
            hits += running.IsCompleted ? 0 : 1;
            Assert.Equal(expected, await running);
        }

        Assert.NotEqual(0, hits);
    }

    /// <summary>A fold over much that is delivered is a chain of tasks, which pass one block on.</summary>
    [Theory]
    [InlineData(12, 100_000)]
    [InlineData(40, 1_000_000)]
    public void Folds_over_much_that_is_delivered_give_what_they_give_here(int count, int length)
    {
        var load = Delayed.Function((int k) => Enumerable.Range(0, length).Select(i => (double)(i % 1000) + k).ToArray());
        ChunkedArray<double> all = ChunkedArray.Stack(Enumerable.Range(0, count).Select(k => ChunkedArray.FromDelayed(load(k), shape: [length])), axis: 0);
        Assert.Equal(all.Sum().Compute(), all.Sum().Compute(Processes));
        Assert.Equal(all.Std(axis: 0).Compute(), all.Std(axis: 0).Compute(Processes));
    }

    [Fact]
    public void A_function_that_kills_its_process_is_reported_with_its_exit_code()
    {
        var end = Delayed.Function((int code) =>
        {
            Environment.Exit(code);
            return code;
        });
        var error = Assert.Throws<ComputationException>(() => end(17).Compute(Processes));
        Assert.Equal(17, Assert.IsType<WorkerDiedException>(error.InnerException).ExitCode);
    }

    [Fact]
    public void A_process_that_dies_while_it_answers_is_reported()
    {
        var large = Delayed.Function((int n) =>
        {
            var end = new Thread(() =>
            {
                Thread.Sleep(20);
                Process.GetCurrentProcess().Kill();
            });
            end.Start();
            return new double[n];
        });
        var error = Assert.Throws<ComputationException>(() => large(60_000_000).Compute(Processes));
        Assert.IsType<WorkerDiedException>(error.InnerException);
        Assert.Equal(3, Delayed.Function((int n) => n + 1)(2).Compute(Processes));
    }

    [Fact]
    public void A_pool_of_threads_is_refused()
    {
        using WorkerPool threads = WorkerPool.Threads(1);
        Assert.Contains("threads(1)", Assert.Throws<ArgumentException>(() => Schedulers.Processes(threads)).Message);
    }

    [Fact]
    public void A_closed_pool_computes_nothing()
    {
        WorkerPool closed = WorkerPool.Processes(1);
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(
            () => ChunkedArray.Ones<int>([10], chunks: [10]).Sum().Compute(new ComputeOptions { Scheduler = Schedulers.Processes(closed) }));
    }

    [Fact]
    public async Task Several_computations_share_a_pool_with_maps()
    {
        ChunkedArray<long> x = new ChunkedRandom(seed: 5).Integers<long>(0, 1000, shape: [100, 10_000], chunks: [10, 1000]);
        long expected = x.Sum().Compute();
        var sums = Enumerable.Range(0, 8).Select(_ => x.Sum().ComputeAsync(Processes)).ToArray();
        Assert.Equal(Enumerable.Range(1, 1000), _pool.Map((int n) => n + 1, Enumerable.Range(0, 1000)));
        Assert.All(await Task.WhenAll(sums), sum => Assert.Equal(expected, sum));
    }

    private sealed class Stopper(CancellationTokenSource source) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.TasksDone > 0)
                source.Cancel();
        }
    }
}
