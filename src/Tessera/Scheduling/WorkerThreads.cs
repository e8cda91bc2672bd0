namespace Tessera.Scheduling;

/// <summary>
/// The background threads that help the callers of runs. They are made when first needed, sleep between runs and are never given up: waking
/// one costs microseconds, making one a hundred. A thread belongs to one run at a time.
/// </summary>
/// <example>
/// On 4 cores: a run of 4 workers makes threads 1, 2 and 3. While it is on, a second one begins and gets thread 4, and no more: its caller and
/// thread 4 do its tasks until the first run's threads are free.
/// </example>
internal sealed class WorkerThreads
{
    private const int StackBytes = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<WorkerThread> _idle = [];
    private int _count;

    public static WorkerThreads Shared { get; } = new();

    /// <summary>Lets an idle or a new thread take part in a run, if there are fewer than cores, or fewer than this run asks for.</summary>
    public bool TryStart(ThreadedRun run, int worker, int workers)
    {
        WorkerThread? thread;
        lock (_gate)
        {
            if (!_idle.TryPop(out thread))
            {
                if (_count >= Math.Max(workers, Environment.ProcessorCount))
                    return false;
                thread = new WorkerThread(this, ++_count);
            }
        }

        thread.Begin(run, worker);
        return true;
    }

    private void Return(WorkerThread thread)
    {
        lock (_gate)
            _idle.Push(thread);
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
            thread.UnsafeStart(); // what flows with the caller (culture, async locals) is no business of the tasks
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
                _run!.Work(_worker);
                _run = null; // an idle thread keeps no run's memory alive
                _owner.Return(this);
            }
        }
    }
}
