namespace Tessera.Pools;

/// <summary>
/// The workers of a pool and the jobs that they share, in the order in which these came: a worker that finds no more inputs in the first job goes to the
/// next one, and sleeps when there are none anywhere.
/// </summary>
/// <remarks>
/// Who wakes whom. Whatever may let a sleeping worker go on (a job, inputs that came or came back, room for results, the end) raises <c>_version</c> and
/// wakes all. A worker that has looked through all jobs sleeps only if the version is still the one that it began with.
/// </remarks>
internal abstract class Crew(string name, int workers, PoolOptions options)
{
    private readonly object _gate = new(); // a monitor, to sleep on
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Worker> _workers = [];
    private Job[] _jobs = []; // replaced as a whole, so that workers look through it without the gate
    private long _version;
    private int _living;
    private bool _isClosed;
    private bool _isTerminated;
    private WorkerException? _broken;

    /// <summary>For messages: "threads(4)".</summary>
    public string Name => name;

    public int Workers => workers;

    public PoolOptions Options => options;

    /// <summary>Of who made the pool, for its initializer.</summary>
    public Cultures Cultures { get; } = Cultures.Current;

    /// <summary>True where inputs and results travel to other processes.</summary>
    public abstract bool IsRemote { get; }

    public bool IsClosed => Volatile.Read(ref _isClosed);

    public bool IsTerminated => Volatile.Read(ref _isTerminated);

    /// <summary>Ends when the last worker has.</summary>
    public Task Over => _ended.Task;

    public void Start()
    {
        _living = workers;
        for (int number = 1; number <= workers; number++)
            _workers.Add(Make(number));
        foreach (Worker worker in _workers)
            worker.Start();
    }

    /// <exception cref="InvalidOperationException">The pool takes no more work.</exception>
    /// <exception cref="WorkerException">The workers can't begin.</exception>
    public void CheckOpen()
    {
        if (Volatile.Read(ref _broken) is { } broken)
            throw new WorkerException(broken.Message, null, broken.InnerException!);
        if (IsTerminated)
            throw new InvalidOperationException($"The pool {name} was terminated and takes no more work. Make another one.");
        if (IsClosed && Worker.Current?.Crew != this) // what a function that is under way still needs is part of the work to be done
            throw new InvalidOperationException($"The pool {name} was closed and takes no more work. Make another one, or call Close() later.");
    }

    /// <inheritdoc cref="CheckOpen"/>
    public void Add(Job job)
    {
        lock (_gate)
        {
            CheckOpen();
            _jobs = [.. _jobs, job];
        }

        Wake();
    }

    /// <summary>A job is over.</summary>
    public void Remove(Job job)
    {
        lock (_gate)
            _jobs = [.. _jobs.Where(other => other != job)];
        Wake();
    }

    /// <summary>Something has changed that a sleeping worker may be waiting for.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _version++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for the next batch; none where the worker has to look after itself first.</summary>
    /// <returns>False at the end of the pool.</returns>
    public bool Next(Worker worker, out Batch? batch)
    {
        batch = null;
        while (true)
        {
            long seen = Volatile.Read(ref _version);
            if (!IsTerminated)
            {
                foreach (Job job in Volatile.Read(ref _jobs))
                {
                    batch = worker.TakeFrom(job);
                    if (batch is not null)
                        return true;
                }
            }

            lock (_gate)
            {
                if (_version != seen)
                    continue;
                if (_isTerminated || (_isClosed && _jobs.Length == 0))
                    return false;
                if (worker.NeedsCare)
                    return true;
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Tells those who work on a job that its <see cref="Job.StopAt"/> is lower now.</summary>
    public void StopWorkers(Job job)
    {
        foreach (Worker worker in Snapshot())
            worker.Stop(job);
    }

    /// <summary>Another worker takes this one's place.</summary>
    public void Replace(Worker worker)
    {
        Worker next = Make(worker.Number);
        lock (_gate)
        {
            _workers[_workers.IndexOf(worker)] = next;
            _living++;
        }

        next.Start();
    }

    /// <summary>A worker's thread ends, or counts as ended since it was left behind.</summary>
    public void Ended()
    {
        bool last;
        lock (_gate)
            last = --_living == 0;
        if (last)
            _ended.TrySetResult();
    }

    /// <summary>The workers can't begin, and never will: every job ends, and no further one is taken.</summary>
    public void Break(WorkerException reason)
    {
        Job[] jobs;
        lock (_gate)
        {
            _broken ??= reason;
            jobs = _jobs;
        }

        foreach (Job job in jobs)
            job.Abandon(new WorkerException(reason.Message, null, reason.InnerException!));
        Wake();
    }

    public void Close()
    {
        lock (_gate)
            _isClosed = true;
        Wake();
    }

    public void Terminate()
    {
        Job[] jobs;
        lock (_gate)
        {
            _isClosed = _isTerminated = true;
            jobs = _jobs;
        }

        foreach (Job job in jobs)
            job.Abandon(new OperationCanceledException($"The pool {name} was terminated before '{job.FunctionName}' was done."));
        Wake();
        foreach (Worker worker in Snapshot())
            worker.Terminate();
    }

    /// <summary>A job's work, to be sent to processes.</summary>
    public abstract SentWork Send(RemoteWork work, string functionName);

    protected abstract Worker Make(int number);

    private Worker[] Snapshot()
    {
        lock (_gate)
            return [.. _workers];
    }
}
