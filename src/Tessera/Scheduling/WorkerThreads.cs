using System.Runtime.CompilerServices;

namespace Tessera.Scheduling;

/// <summary>
/// The background threads that help the callers of runs. They are made when first needed, sleep between runs and are never given up: waking
/// one costs microseconds, making one a hundred. A thread belongs to one run at a time.
/// </summary>
/// <example>
/// On 4 cores: a run of 4 workers makes threads 1, 2 and 3. While it is on, a second one begins and gets thread 4, and no more: it waits in
/// line. Its caller and thread 4 do its tasks; when the first run ends, thread 1 asks the one waiting whether it still wants help, and
/// joins it.
/// </example>
internal sealed class WorkerThreads
{
    private const int StackBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<WorkerThread> _idle = [];
    private readonly LinkedList<ThreadedRun> _waiting = []; // only while no thread is idle
    private int _count;

    public static WorkerThreads Shared { get; } = new();

    /// <summary>
    /// Lets an idle or a new thread take part in a run. Where there is none, and as many as there are cores or as this run asks for, the
    /// run is put in line instead: a thread that becomes free calls <see cref="ThreadedRun.TryJoin"/>.
    /// </summary>
    public bool TryStart(ThreadedRun run, int worker, int workers)
    {
        WorkerThread? thread;
        lock (_gate)
        {
            if (!_idle.TryPop(out thread))
            {
                if (_count >= Math.Max(workers, Environment.ProcessorCount))
                {
                    _waiting.AddLast(run);
                    return false;
                }

                thread = new WorkerThread(this, ++_count);
            }
        }

        thread.Begin(run, worker);
        return true;
    }

    /// <summary>Takes a run that is over out of the line.</summary>
    public void Forget(ThreadedRun run)
    {
        lock (_gate)
            _waiting.Remove(run);
    }

    /// <summary>The next run for a thread that is free; none, and the thread counts as idle.</summary>
    private bool TryNext(WorkerThread thread, out ThreadedRun? run, out int worker)
    {
        do
        {
            lock (_gate)
            {
                run = _waiting.First?.Value;
                worker = 0;
                if (run is null)
                {
                    _idle.Push(thread);
                    return false;
                }

                _waiting.RemoveFirst();
            }
        }
        while (!run.TryJoin(out worker)); // outside the gate: a run calls TryStart from within its own
        return true;
    }

    private sealed class WorkerThread
    {
        private readonly WorkerThreads _owner;
        private readonly SemaphoreSlim _begin = new(0);
        private ThreadedRun? _run;
        private int _worker;

        public WorkerThread(WorkerThreads owner, int number)
        {
            _owner = owner;
            var thread = new Thread(Serve, StackBytes) { Name = $"Tessera worker {number}", IsBackground = true };
            thread.UnsafeStart(); // without what flows with the caller: cultures are a run's own, and async locals aren't for tasks
        }

        public void Begin(ThreadedRun run, int worker)
        {
            (_run, _worker) = (run, worker);
            _begin.Release();
        }

        private void Serve()
        {
            while (true)
            {
                _begin.Wait();
                HelpUntilIdle();
            }
        }

        // A method of its own, so that no local of a sleeping thread keeps a run's memory alive.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private void HelpUntilIdle()
        {
            ThreadedRun? run = Interlocked.Exchange(ref _run, null);
            int worker = _worker;
            do
                run!.Work(worker);
            while (_owner.TryNext(this, out run, out worker));
        }
    }
}
