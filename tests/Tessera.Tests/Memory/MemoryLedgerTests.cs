using Tessera.Graphs;
using Tessera.Memory;
using Tessera.Scheduling;
using Tessera.Tests.Graphs;
using Tessera.Tests.Scheduling;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Memory;

/// <summary>What the runs of a process share.</summary>
public class MemoryLedgerTests
{
    private readonly Clock _clock = new();

    private static readonly Action Nobody = () => { };

    private MemoryLedger Of(long total) => new(total, _clock);

    [Fact]
    public void Runs_have_half_or_the_largest_budget_and_what_persisted_arrays_leave()
    {
        MemoryLedger ledger = Of(1600);
        Assert.Equal(800, ledger.Room);
        MemoryShare large = ledger.Begin(limit: 1200, held: 0, isInside: false), small = ledger.Begin(limit: 100, held: 30, isInside: false);
        Assert.Equal((1200, 30), (ledger.Room, ledger.Reserved));
        ledger.AddOutside(600);
        Assert.Equal(1000, ledger.Room);
        large.Dispose();
        Assert.Equal(800, ledger.Room);
        ledger.AddOutside(900);
        Assert.Equal(100, ledger.Room); // a sixteenth at least
        ledger.AddOutside(-1500);
        Assert.Equal(800, ledger.Room);
        small.Dispose();
        small.Dispose();
        Assert.Equal(0, ledger.Reserved);
    }

    [Fact]
    public void The_eldest_goes_on_and_the_others_are_woken_in_the_order_of_their_runs()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare[] runs = [.. Enumerable.Range(0, 4).Select(_ => ledger.Begin(limit: 100, held: 0, isInside: false))];
        var woken = new List<int>();
        Action[] wake = [.. Enumerable.Range(0, 4).Select(run => (Action)(() => woken.Add(run)))];
        Assert.True(runs[0].TryTake(90));
        Assert.False(runs[3].TryTake(40, isAlone: true, wake[3]));
        Assert.False(runs[2].TryTake(40, isAlone: true, wake[2]));
        Assert.True(runs[1].TryTake(10)); // older than those that wait
        Assert.False(runs[3].TryTake(0), "A younger run takes nothing while an older one waits.");
        Assert.True(runs[0].TryTake(50, isAlone: true, Nobody)); // the eldest
        Assert.Equal(150, ledger.Reserved);
        runs[0].Give(100);
        Assert.Equal([2], woken);
        Assert.True(runs[2].TryTake(40, isAlone: true, wake[2]));
        Assert.False(runs[3].TryTake(40, isAlone: true, wake[3]));
        runs[0].Give(20);
        Assert.Equal([2], woken);
        runs[1].Give(10); // 60 of 100 are left
        Assert.Equal([2, 3], woken);
        Assert.False(runs[1].TryTake(70, isAlone: true, wake[1]));
        Assert.False(runs[3].TryTake(40, isAlone: true, wake[3])); // an older one waits
        runs[0].Dispose();
        Assert.Equal([2, 3, 1], woken); // the eldest now
        Assert.Equal(40, ledger.Reserved);
    }

    [Fact]
    public void A_run_inside_a_task_never_waits_and_what_waits_for_too_long_goes_on()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare first = ledger.Begin(limit: 100, held: 0, isInside: false), second = ledger.Begin(100, 0, false), inside = ledger.Begin(100, 0, isInside: true);
        Assert.True(first.TryTake(100));
        int woken = 0;
        Action wake = () => woken++;
        Assert.False(second.TryTake(10, isAlone: true, wake));
        _clock.Advance(MemoryLedger.Patience / 2);
        Assert.True(inside.TryTake(60, isAlone: true, Nobody));
        _clock.Tick(MemoryLedger.Patience / 2); // somebody has taken something since
        Assert.Equal(0, woken);
        _clock.Tick();
        Assert.Equal(1, woken);
        Assert.True(second.TryTake(10, isAlone: true, wake));
        Assert.False(second.TryTake(10, isAlone: true, wake)); // once
        second.Dispose();
        _clock.Tick();
        Assert.Equal((1, 160, 0), (woken, ledger.Reserved, _clock.Timers));
    }

    [Fact]
    public void Who_waits_no_more_is_not_woken()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false);
        first.TryTake(100);
        int woken = 0;
        Action wake = () => woken++;
        Assert.False(second.TryTake(10, isAlone: true, wake));
        Assert.False(second.TryTake(10, isAlone: true, wake));
        second.Forget(wake);
        first.Dispose();
        Assert.Equal(0, woken);
        first.Give(100); // late, from a task that outlived its run
        Assert.Equal(0, ledger.Reserved);
    }

    /// <summary>Else ten runs with tasks that take seconds would soon have one each beyond the room.</summary>
    [Fact]
    public void What_waits_has_much_patience_while_something_is_under_way()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false);
        Assert.True(first.TryTake(100));
        first.AddUnderway(1);
        int woken = 0;
        Action wake = () => woken++;
        Assert.False(second.TryTake(10, isAlone: true, wake));
        _clock.Tick(MemoryLedger.LongPatience - TimeSpan.FromTicks(1));
        Assert.Equal(0, woken);
        first.AddUnderway(-1); // a function that waits for nobody knows what
        _clock.Tick(TimeSpan.Zero);
        Assert.Equal(1, woken);
        Assert.True(second.TryTake(10, isAlone: true, wake));
        Assert.False(second.TryTake(10, isAlone: true, wake));
        first.AddUnderway(1);
        _clock.Tick(MemoryLedger.LongPatience); // it might be a function that blocks
        Assert.Equal(2, woken);
    }

    [Fact]
    public void Who_takes_less_than_it_waited_for_waits_no_more()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false), third = ledger.Begin(100, 0, false);
        Assert.True(first.TryTake(60));
        Assert.False(second.TryTake(90, isAlone: false, Nobody));
        Assert.False(third.TryTake(20, isAlone: true, () => { }));
        Assert.True(second.TryTake(10, isAlone: false, Nobody)); // a lower task became ready
        Assert.True(third.TryTake(20, isAlone: true, () => { }));
    }

    /// <summary>Whoever takes may be inside a gate of its own run, which a wake of another run must not wait for.</summary>
    [Fact]
    public async Task Who_takes_wakes_others_elsewhere()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false), third = ledger.Begin(100, 0, false);
        Assert.True(first.TryTake(60));
        var gate = new object();
        var woken = new TaskCompletionSource();
        Assert.False(second.TryTake(90, isAlone: false, Nobody));
        Assert.False(third.TryTake(20, isAlone: true, () =>
        {
            lock (gate)
                woken.SetResult();
        }));
        lock (gate)
        {
            Assert.True(second.TryTake(10, isAlone: false, Nobody));
            Assert.False(woken.Task.IsCompleted);
        }

        await woken.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void As_many_are_woken_as_there_is_room_for_and_keep_their_places()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare[] runs = [.. Enumerable.Range(0, 5).Select(_ => ledger.Begin(limit: 100, held: 0, isInside: false))];
        var woken = new List<int>();
        Action[] wake = [.. Enumerable.Range(0, 5).Select(run => (Action)(() => woken.Add(run)))];
        Assert.True(runs[0].TryTake(100));
        for (int run = 1; run < 4; run++)
            Assert.False(runs[run].TryTake(30, isAlone: true, wake[run]));
        runs[0].Give(100);
        Assert.Equal([1, 2, 3], woken);
        Assert.False(runs[4].TryTake(20, isAlone: true, wake[4]), "What is free was kept for those that were woken.");
        Assert.True(runs[3].TryTake(30, isAlone: true, wake[3]));
        Assert.True(runs[2].TryTake(30, isAlone: true, wake[2]));
        Assert.True(runs[1].TryTake(30, isAlone: true, wake[1]));
        Assert.Equal(90, ledger.Reserved);
    }

    /// <summary>A task waits for a run within the run, and so does what would follow the task.</summary>
    [Fact]
    public void A_run_within_a_run_is_woken_where_there_is_room_for_it_alone()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false), third = ledger.Begin(100, 0, false);
        Assert.True(first.TryTake(100));
        var woken = new List<string>();
        Action outer = () => woken.Add("outer"), within = () => woken.Add("within"), younger = () => woken.Add("younger");
        Assert.False(second.TryTake(90, isAlone: false, outer));
        Assert.False(second.TryTake(10, isAlone: false, within));
        Assert.False(third.TryTake(10, isAlone: false, younger));
        first.Give(50);
        Assert.Equal(["within"], woken);
        Assert.True(second.TryTake(10, isAlone: false, within));
    }

    [Fact]
    public async Task Room_that_grows_wakes()
    {
        foreach (bool byLimit in new[] { false, true })
        {
            MemoryLedger ledger = Of(1600);
            MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false);
            if (!byLimit)
                ledger.AddOutside(1500);
            Assert.True(first.TryTake(ledger.Room));
            var woken = new TaskCompletionSource();
            Assert.False(second.TryTake(10, isAlone: true, woken.SetResult));
            if (byLimit)
                ledger.Begin(1000, 0, false);
            else
                ledger.AddOutside(-1500);
            await woken.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            Assert.True(second.TryTake(10, isAlone: true, woken.SetResult));
        }
    }

    [Fact]
    public void Who_waited_for_too_long_and_waits_no_more_must_wait_again()
    {
        MemoryLedger ledger = Of(200);
        MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false);
        Assert.True(first.TryTake(100));
        Assert.False(second.TryTake(10, isAlone: true, Nobody));
        _clock.Tick();
        second.Forget(Nobody);
        Assert.False(second.TryTake(10, isAlone: true, Nobody));
        _clock.Tick();
        first.Give(50);
        Assert.True(second.TryTake(10, isAlone: true, Nobody)); // now there is room
        Assert.False(second.TryTake(60, isAlone: true, Nobody));
    }

    [Fact]
    public async Task Random_runs_of_all_schedulers_end_however_little_there_is_and_keep_to_it()
    {
        for (int round = 0; round < 12; round++)
        {
            MemoryLedger ledger = new(total: 40 << round, TimeProvider.System);
            Task[] runs = [.. Enumerable.Range(0, 10).Select(seed => Task.Run(async () =>
            {
                TaskGraph graph = RandomGraphs.Make(150, (100 * round) + seed, largestBytes: 50);
                using MemoryShare share = ledger.Begin(limit: 20 << round, held: 0, isInside: false);
                var budget = new MemoryBudget(20 << round, share);
                Scheduler scheduler = (seed % 3) switch { 0 => Schedulers.Serial, 1 => Schedulers.Threads(1), _ => Schedulers.Threads(3) };
                var work = new CheckedWork(graph, budget, scheduler.Workers);
                if (seed % 2 == 0)
                    scheduler.Run(graph, work, new TaskRun(budget));
                else
                    await scheduler.RunAsync(graph, work, new TaskRun(budget));
                Assert.Equal((150, 0L), (work.TasksDone, budget.Reserved));
            }, TestContext.Current.CancellationToken))];
            await Task.WhenAll(runs).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
            Assert.Equal(0, ledger.Reserved);
        }
    }

    [Fact]
    public async Task Ten_computations_at_once_take_no_more_than_what_they_share()
    {
        const long each = 100L << 20; // what reading a block works with
        foreach (bool isAsync in new[] { false, true })
        {
            var ledger = new MemoryLedger(total: 7 * each, TimeProvider.System); // of which runs have half
            (int now, int most) = (0, 0);
            Task[] runs = [.. Enumerable.Range(0, 10).Select(_ => Task.Run(async () =>
            {
                var source = new ArraySource(ArraySource.OfInts([6, 1024, 1024], [1, 1024, 1024]).Elements, [1, 1024, 1024])
                {
                    Working = each,
                    Reading = _ =>
                    {
                        int under = Interlocked.Increment(ref now);
                        for (int seen = most; under > seen; seen = most)
                            Interlocked.CompareExchange(ref most, under, seen);
                        Thread.Sleep(1);
                        Interlocked.Decrement(ref now);
                    },
                };
                var options = new ComputeOptions { Ledger = ledger, MemoryBudget = 3 * each, Scheduler = Schedulers.Threads(2) };
                ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
                _ = isAsync ? await x.Max().ComputeAsync(options) : x.Max().Compute(options);
            }, TestContext.Current.CancellationToken))];
            await Task.WhenAll(runs).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
            Assert.InRange(most, 1, 4); // three, and one that goes on in any case
            Assert.Equal(0, ledger.Reserved);
        }
    }

    /// <summary>One of its tasks waits for something else, and nothing of the run will be done before.</summary>
    [Fact]
    public async Task A_run_with_tasks_that_wait_is_woken_when_others_give_memory_back()
    {
        MemoryLedger ledger = Of(200);
        using MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false);
        Assert.True(first.TryTake(95));
        var answer = new TaskCompletionSource();
        int done = 0;
        var budget = new MemoryBudget(100, second);
        var work = new Waiting(task =>
        {
            if (task == 0)
                return answer.Task;
            budget.Release(10);
            if (Interlocked.Increment(ref done) == 8)
                answer.SetResult();
            return null;
        });
        var builder = new TaskGraphBuilder();
        for (int task = 0; task < 9; task++)
            builder.Add(task == 0 ? 0 : 10, []);
        TaskGraph graph = builder.Build();
        Task run = Schedulers.Threads(2).RunAsync(graph, work, new TaskRun(budget));
        while (_clock.Timers == 0)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.Equal(0, done);
        first.Give(95);
        await run.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(8, done);
    }

    /// <summary>A worker of the run computes for long, and the others have nothing to do but to wait for memory.</summary>
    [Fact]
    public async Task A_run_with_a_task_on_is_woken_when_others_give_memory_back()
    {
        MemoryLedger ledger = Of(200);
        using MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false);
        Assert.True(first.TryTake(95));
        using var othersDone = new ManualResetEventSlim();
        int done = 0;
        var budget = new MemoryBudget(100, second);
        var work = new LambdaWork(task =>
        {
            if (task == 0)
            {
                Assert.True(othersDone.Wait(TimeSpan.FromMinutes(1)));
                return;
            }

            budget.Release(10);
            if (Interlocked.Increment(ref done) == 8)
                othersDone.Set();
        });
        var builder = new TaskGraphBuilder();
        for (int task = 0; task < 9; task++)
            builder.Add(task == 0 ? 0 : 10, []);
        TaskGraph graph = builder.Build();
        Task run = Schedulers.Threads(2).RunAsync(graph, work, new TaskRun(budget));
        while (_clock.Timers == 0)
            await Task.Delay(1, TestContext.Current.CancellationToken);
        first.Give(95);
        await run.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(8, done);
    }

    private sealed class Waiting(Func<int, Task?> execute) : ITaskWork
    {
        public Task? Execute(int task, int worker) => execute(task);
    }

    [Fact]
    public async Task A_run_that_waits_for_others_can_be_cancelled()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(1), Schedulers.Threads(3) })
        {
            MemoryLedger ledger = Of(200);
            using MemoryShare first = ledger.Begin(100, 0, false), second = ledger.Begin(100, 0, false);
            Assert.True(first.TryTake(100));
            using var cancel = new CancellationTokenSource();
            var run = new TaskRun(new MemoryBudget(100, second), null, cancel.Token);
            var work = new LambdaWork(_ => Assert.Fail("There was no room for it."));
            Task waiting = Task.Run(() => scheduler.Run(SchedulerTests.Independent(9, bytes: 10), work, run), CancellationToken.None);
            while (_clock.Timers == 0)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            cancel.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            _clock.Tick();
            Assert.Equal(0, _clock.Timers); // nobody waits any more
        }
    }

    /// <summary>Computed inside a task that holds all there is, which would wait for ever if it had to wait.</summary>
    [Fact]
    public void A_computation_inside_a_task_goes_on()
    {
        var ledger = new MemoryLedger(total: 100, _clock);
        var options = new ComputeOptions { Ledger = ledger, Scheduler = Schedulers.Threads(2) };
        using MemoryShare eldest = ledger.Begin(100, 100, false);
        int computed = 0;
        var work = new LambdaWork(_ => computed = (ChunkedArray.Arange(100_000) * 2).Max().Compute(options));
        Schedulers.Threads(2).Run(SchedulerTests.Independent(1), work, SchedulerTests.Unlimited());
        Assert.Equal(199_998, computed);
    }

    [Fact]
    public void Persisted_arrays_are_counted_until_they_are_disposed_of()
    {
        PersistedArray<int> array = ChunkedArray.Arange(1_000_000).Persist();
        Assert.True(MemoryLedger.Shared.Outside >= 4_000_000);
        array.Dispose();
    }

    /// <summary>Timers that fire when they are told to.</summary>
    private sealed class Clock : TimeProvider
    {
        private readonly List<Manual> _timers = [];
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public int Timers
        {
            get
            {
                lock (_timers)
                    return _timers.Count;
            }
        }

        public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

        /// <summary>Fires after the ledger's patience, or another time.</summary>
        public void Tick(TimeSpan? after = null)
        {
            Advance(after ?? MemoryLedger.Patience);
            Manual[] timers;
            lock (_timers)
                timers = [.. _timers];
            foreach (Manual timer in timers)
                timer.Fire();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.True(ExecutionContext.IsFlowSuppressed(), "What belongs to the caller isn't the ledger's.");
            var timer = new Manual(this, () => callback(state));
            lock (_timers)
                _timers.Add(timer);
            return timer;
        }

        private sealed class Manual(Clock clock, Action fire) : ITimer
        {
            public void Fire() => fire();

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
                lock (clock._timers)
                    clock._timers.Remove(this);
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
