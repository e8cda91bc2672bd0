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
    private bool _isDisposed;
    private WorkerException? _broken;

    /// <summary>For messages: "threads(4)".</summary>
    public string Name => name;

    public int Workers => workers;

    public PoolOptions Options => options;

    /// <summary>Given by tests that try every order of steps.</summary>
    public Turns? Turns { get; init; }

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

    /// <exception cref="InvalidOperationException">The pool was closed or terminated.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    /// <exception cref="WorkerException">The workers can't begin.</exception>
    public void CheckOpen()
    {
        Turns?.Await(this);
        Refuse();
    }

    private void Refuse()
    {
        if (Volatile.Read(ref _broken) is { } broken)
            throw new WorkerException(broken.Message, null, broken.InnerException!);
        if (Volatile.Read(ref _isDisposed))
        {
            throw new ObjectDisposedException(
                nameof(WorkerPool), $"The pool {name} was disposed of and takes no more work. Make another one, or dispose of it after its last use: a using declaration does so at the end of its block.");
        }

        if (IsTerminated)
            throw new InvalidOperationException($"The pool {name} was terminated and takes no more work. Make another one.");
        if (IsClosed && Worker.Current?.Crew != this) // what a function that is under way still needs is part of the work to be done
            throw new InvalidOperationException($"The pool {name} was closed and takes no more work. Make another one, or call Close() later.");
    }

    /// <inheritdoc cref="CheckOpen"/>
    public void Add(Job job)
    {
        Turns?.Await(this);
        lock (_gate)
        {
            Refuse();
            _jobs = [.. _jobs, job];
        }

        Wake();
    }

    /// <summary>A job is over.</summary>
    public void Remove(Job job)
    {
        Turns?.Await(this);
        lock (_gate)
            _jobs = [.. _jobs.Where(other => other != job)];
        Wake();
    }

    /// <summary>Something has changed that a sleeping worker may be waiting for.</summary>
    public void Wake()
    {
        Turns?.Await(this);
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
            Turns?.Await(this, step: "Look");
            long seen = Volatile.Read(ref _version);
            Turns?.Await(this);
            if (!IsTerminated)
            {
                foreach (Job job in Volatile.Read(ref _jobs))
                {
                    batch = worker.TakeFrom(job);
                    if (batch is not null)
                        return true;
                }
            }

            Turns?.Await(this);
            lock (_gate)
            {
                if (_version != seen)
                    continue;
                if (_isTerminated || (_isClosed && _jobs.Length == 0))
                    return false;
                if (worker.NeedsCare)
                    return true;
                if (Turns is null)
                    Monitor.Wait(_gate);
            }

            Turns?.Until(() => Volatile.Read(ref _version) != seen);
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
        Turns?.Await(this);
        lock (_gate)
            last = --_living == 0;
        if (last)
            _ended.TrySetResult();
        Turns?.Leave();
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
        Turns?.Await(this);
        lock (_gate)
            _isClosed = true;
        Wake();
    }

    /// <summary>From now on, who asks for work is told that the pool is gone.</summary>
    public void MarkDisposed() => Volatile.Write(ref _isDisposed, true);

    public void Terminate()
    {
        Job[] jobs;
        Turns?.Await(this);
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

    /// <summary>Waits for a task, and throws what it failed with.</summary>
    public void Wait(Task task)
    {
        Turns?.Until(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
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
