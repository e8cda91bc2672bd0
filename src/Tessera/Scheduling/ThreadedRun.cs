using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Tessera.Memory;

namespace Tessera.Scheduling;

/// <summary>
/// One run on several threads. The workers share a set of ready tasks and always take the lowest; when it is empty they sleep.
/// </summary>
/// <remarks>
/// <para>
/// Who wakes whom. A worker that has taken its tasks and leaves others behind wakes one more, which does the same: as many are awake as
/// there is work, and a chain of tasks stays on one thread.
/// </para>
/// <para>
/// Memory. Bytes are reserved before a task is handed out. If those of the lowest ready task don't fit, nobody takes a higher one instead:
/// it could hold the memory for which the lower one waits. Workers sleep until a task finishes; when none is left that could, it starts all
/// the same. If other runs have the memory, the run stands in line until one gives some back, whatever else it does meanwhile (see <see cref="MemoryLedger"/>).
/// </para>
/// <para>
/// Waiting tasks. A task that waits for something other than a processor leaves its worker free and is handed in by whoever completes what it
/// waits for.
/// </para>
/// <para>
/// A helper that finds nothing ready leaves for other runs; the caller, if there is one, sleeps. In a run without a caller, worker 0 is a thread
/// of the .NET pool.
/// </para>
/// <para>
/// Batches. A worker whose tasks took microseconds takes several at once, so that short tasks don't queue at the gate; one long task brings
/// it back to fewer.
/// </para>
/// <para>
/// Example, two workers: 0 and 1 are read, 2 = 0 + 1, 3 is another read. Ready: 0, 1, 3. The caller takes 0, sees more and wakes a helper,
/// which takes 1. The caller is done with 0 (2 still misses one) and takes 3. The helper is done with 1: 2 is ready, it takes 2. The
/// caller is done with 3, finds nothing and sleeps. The helper is done with 2, nothing is unfinished: it wakes the caller, which returns.
/// </para>
/// </remarks>
internal sealed class ThreadedRun
{
    private const int LargestBatch = 32;
    private static readonly long ShortBatch = Stopwatch.Frequency / 50_000; // 20 µs

    private readonly TaskGraph _graph;
    private readonly ITaskWork _work;
    private readonly TaskRun _run;
    private readonly int _workers;

    // All below is read and written under the gate, a monitor because workers wait in it; only _stopped is also read outside.
    private readonly object _gate = new();
    private readonly Frontier _tasks;
    private int _running;             // tasks handed out and not yet back, those that wait included
    private int _waiting;             // tasks among them that hold no worker
    private int _told;                // tasks that hold one, as the budget knows it
    private int _sleeping;            // 1 while the caller waits and nobody has woken it yet
    private readonly Stack<int> _free; // workers that don't take part; the caller, worker 0, always does
    private bool _inLine;             // no thread was free, one that is will call TryJoin
    private TaskCompletionSource? _over; // of a run without a caller: set when no task is running any more
    private bool _poolIsFree;         // of a run without a caller: worker 0, a thread of the .NET pool, doesn't take part
    private readonly Action _wake;    // called where this run waits for the memory of others
    private volatile bool _stopped;   // no further task begins
    private ExceptionDispatchInfo? _failure; // why, if stopped; null when cancelled

    public ThreadedRun(TaskGraph graph, ITaskWork work, TaskRun run, int workers)
    {
        (_graph, _work, _run, _workers) = (graph, work, run, workers);
        _tasks = new Frontier(graph);
        _free = new Stack<int>(Enumerable.Range(1, workers - 1).Reverse());
        _wake = () =>
        {
            lock (_gate)
                WakeAsNeeded();
        };
    }

    /// <summary>Runs on the calling thread and on others; returns when no task is running.</summary>
    public void Run()
    {
        using CancellationTokenRegistration cancelling = StopWhenCancelled();
        Work(worker: 0);
        End();
    }

    /// <summary>Runs on other threads, and occupies none of them while all that is left waits.</summary>
    public async Task RunAsync()
    {
        using CancellationTokenRegistration cancelling = StopWhenCancelled();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _over = over;
            _poolIsFree = true;
            WakeAsNeeded();
        }

        await over.Task.ConfigureAwait(false);
        End();
    }

    /// <summary>Asked by a thread that this run waits for: is there still something to do, and as which worker?</summary>
    internal bool TryJoin(out int worker)
    {
        lock (_gate)
        {
            _inLine = false;
            worker = 0;
            return !_stopped && _tasks.Ready > 0 && _free.TryPop(out worker);
        }
    }

    /// <summary>What each worker does until there is nothing left for it. Never throws.</summary>
    internal void Work(int worker)
    {
        Span<int> batch = stackalloc int[LargestBatch];
        int largest = 1;
        int taken = 0, done = 0, waiting = 0;
        bool before = TaskThread.Begin();
        try
        {
            while ((taken = Exchange(batch, taken - waiting, done, worker, largest)) > 0)
            {
                long began = Stopwatch.GetTimestamp();
                (done, waiting) = ExecuteAll(batch[..taken], worker);
                bool brief = Stopwatch.GetTimestamp() - began < ShortBatch;
                largest = brief ? Math.Min(2 * largest, LargestBatch) : Math.Max(largest / 4, 1);
            }
        }
        finally
        {
            TaskThread.End(before);
        }
    }

    /// <summary>
    /// Does the tasks of a batch, and says how many are done, which it moves to the front, and how many wait; fewer than all when the run stops.
    /// </summary>
    private (int Done, int Waiting) ExecuteAll(Span<int> batch, int worker)
    {
        long now = _run.Now();
        int done = 0, waiting = 0, begun = 0;
        try
        {
            while (begun < batch.Length)
            {
                if (_stopped || _run.Cancellation.IsCancellationRequested)
                {
                    Stop(null);
                    break;
                }

                int task = batch[begun++];
                if (_run.Execute(_work, task, worker, ref now) is { } pending)
                {
                    waiting++;
                    Await(task, pending);
                }
                else
                {
                    batch[done++] = task;
                }
            }
        }
        catch (OperationCanceledException) when (_run.IsStopping)
        {
            Stop(null);
        }
        catch (Exception failure)
        {
            Stop(ExceptionDispatchInfo.Capture(failure));
        }

        // These were reserved and never begun; the bytes of those that were are the work's to release.
        foreach (int task in batch[begun..])
            _run.Budget.Release(_graph.BytesOf(task));
        return (done, waiting);
    }

    /// <summary>Hands in a task when what it waits for is complete.</summary>
    private void Await(int task, Task pending)
    {
        lock (_gate)
        {
            _waiting++;
            TellUnderway();
        }

        pending.ConfigureAwait(false).GetAwaiter().OnCompleted(() =>
        {
            if (pending.IsFaulted)
                Stop(ExceptionDispatchInfo.Capture(pending.Exception!.InnerException!));
            else if (pending.IsCanceled)
                Stop(_run.IsStopping ? null : ExceptionDispatchInfo.Capture(new TaskCanceledException(pending)));

            lock (_gate)
            {
                _waiting--;
                Finish(pending.IsCompletedSuccessfully ? [task] : [], handedOut: 1);
                TellUnderway();
                WakeAsNeeded();
            }
        });
    }

    /// <summary>Where all that is left waits, no worker looks at the token.</summary>
    private CancellationTokenRegistration StopWhenCancelled() => _run.Cancellation.UnsafeRegister(
        static run =>
        {
            var self = (ThreadedRun)run!;
            self.Stop(null);
            lock (self._gate)
                self.WakeAsNeeded();
        },
        this);

    private void End()
    {
        lock (_gate)
        {
            if (_inLine)
                WorkerThreads.Shared.Forget(this);
        }

        _run.Budget.Forget(_wake);

        _failure?.Throw();
        if (_stopped && _tasks.Unfinished > 0)
            throw new OperationCanceledException(_run.Cancellation);
    }

    /// <summary>Hands in the finished batch and takes the next one; 0 tasks say that the worker may leave.</summary>
    private int Exchange(Span<int> batch, int handedOut, int done, int worker, int largest)
    {
        lock (_gate)
        {
            Finish(batch[..done], handedOut);
            while (true)
            {
                bool isOver = _stopped || _tasks.Unfinished == 0;
                int taken = isOver ? 0 : Take(batch, largest);
                TellUnderway();
                if (taken > 0)
                    return taken;
                if (isOver)
                {
                    WakeAsNeeded();
                    if (_running == _waiting || !IsCaller(worker))
                        return 0; // the caller alone waits for the tasks of others
                }

                if (!IsCaller(worker))
                {
                    Leave(worker);
                    return 0;
                }

                _sleeping++;
                Monitor.Wait(_gate);
            }
        }
    }

    private void Finish(ReadOnlySpan<int> done, int handedOut)
    {
        _running -= handedOut;
        foreach (int task in done)
            _tasks.Complete(task);
    }

    /// <summary>
    /// Tells how many tasks will end by themselves, if that changed: those that hold a worker. Nobody knows what the others wait for, unless the work does.
    /// </summary>
    private void TellUnderway()
    {
        int underway = _running - _waiting;
        if (underway != _told)
            _run.Budget.AddUnderway(underway - _told);
        _told = underway;
    }

    private int Take(Span<int> batch, int largest)
    {
        int most = _workers == 1 ? 1 : Math.Min(largest, Math.Max(1, _tasks.Ready / _workers)); // one worker takes the tasks in order
        int taken = 0;
        while (taken < most && _tasks.Ready > 0)
        {
            int task = _tasks.Lowest;
            long bytes = _graph.BytesOf(task);
            if (!_run.Budget.TryReserve(bytes, isAlone: _running == 0, _wake))
                return taken; // until a task of this run is done, or another run gives memory back
            _tasks.Remove(task);
            _running++;
            batch[taken++] = task;
        }

        Debug.Assert(_running > 0, "In a graph without circles, something runs or is ready until all is done.");
        if (_tasks.Ready > 0)
            WakeOne();
        return taken;
    }

    private bool IsCaller(int worker) => worker == 0 && _over is null;

    /// <summary>A helper that finds nothing to do is free for other runs; whoever makes something ready calls for one again.</summary>
    private void Leave(int worker)
    {
        if (worker == 0)
            _poolIsFree = true;
        else
            _free.Push(worker);
    }

    private void WakeAsNeeded()
    {
        if (!_stopped && _tasks.Unfinished > 0)
        {
            if (_tasks.Ready > 0)
                WakeOne();
        }
        else if (_running == _waiting)
        {
            WakeAll();
            _over?.TrySetResult();
        }
    }

    private void WakeOne()
    {
        if (_sleeping > 0)
        {
            _sleeping--;
            Monitor.Pulse(_gate);
        }
        else if (_poolIsFree)
        {
            // The .NET pool grows where its threads all wait, so that such a run gets on even where every thread of ours is taken.
            _poolIsFree = false;
            ThreadPool.UnsafeQueueUserWorkItem(static run => run.Work(worker: 0), this, preferLocal: false);
        }
        else if (!_inLine && _free.TryPop(out int worker))
        {
            _inLine = !WorkerThreads.Shared.TryStart(this, worker, _workers);
            if (_inLine)
                _free.Push(worker);
        }
    }

    private void WakeAll()
    {
        _sleeping = 0;
        Monitor.PulseAll(_gate);
    }

    private void Stop(ExceptionDispatchInfo? failure)
    {
        lock (_gate)
        {
            if (_stopped)
                return; // the first reason counts
            _stopped = true;
            _failure = failure;
        }

        _run.Budget.Forget(_wake); // while its last tasks go on, others needn't stand behind it
        _run.Stop(); // after the reason is known, so that a task that this interrupts isn't taken for it
    }
}
