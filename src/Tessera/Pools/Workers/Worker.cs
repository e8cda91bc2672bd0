using Tessera.Diagnostics;

namespace Tessera.Pools;

/// <summary>One of a pool's workers: a thread of this process that takes batches until the pool ends.</summary>
internal abstract class Worker
{
    internal const int StackBytes = 16 << 20; // functions of users may call deeply

    [ThreadStatic]
    private static Worker? _current;

    private readonly Thread _thread;
    private readonly WorkerCultures _cultures = new();
    private Job? _job;

    protected Worker(Crew crew, int number)
    {
        (Crew, Number) = (crew, number);
        _thread = new Thread(Serve, StackBytes) { Name = $"Tessera {crew.Name} worker {number}", IsBackground = true };
    }

    /// <summary>The worker whose thread this is, or null.</summary>
    public static Worker? Current => _current;

    public Crew Crew { get; }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>True where the worker can't go on as it is and is to look after itself, though there is no batch for it.</summary>
    public virtual bool NeedsCare => false;

    /// <summary>How long a batch should take, so that handing it out costs little beside.</summary>
    protected abstract TimeSpan Aim { get; }

    /// <summary>Inputs that it may still take.</summary>
    protected int Left { get; set; } = int.MaxValue;

    public void Start() => _thread.UnsafeStart(); // without what flows with the caller: cultures are a job's own, and async locals aren't for functions

    /// <summary>Inputs of the job from <see cref="Job.StopAt"/> on aren't wanted any more.</summary>
    public void Stop(Job job)
    {
        if (IsOn(job))
            StopNow(job);
    }

    /// <summary>True while it has a batch of the job.</summary>
    protected bool IsOn(Job job) => Volatile.Read(ref _job) == job;

    /// <summary>Ends at once what it is doing, where that is possible.</summary>
    public virtual void Terminate()
    {
    }

    /// <summary>Makes the worker ready for batches; at first, and whenever it isn't.</summary>
    /// <returns>False where the worker is to end.</returns>
    protected abstract bool Prepare();

    /// <summary>Does a batch.</summary>
    /// <returns>False if the worker is to end because another has taken its place.</returns>
    protected abstract bool Do(Batch batch);

    /// <summary>The pool has ended.</summary>
    protected virtual void End()
    {
    }

    protected virtual void StopNow(Job job)
    {
    }

    private void Serve()
    {
        _current = this;
        bool stays = true;
        try
        {
            while (stays && Prepare() && Crew.Next(this, out Batch? batch))
            {
                if (batch is not null)
                    stays = Serve(batch);
            }
        }
        catch (Exception failure)
        {
            Crew.Break(new WorkerException($"A worker of the pool failed: {Sentence.Of(failure)}", null, failure)); // rather than the whole program
        }
        finally
        {
            if (stays)
            {
                End();
                Crew.Ended(); // one that was left behind counts as ended since then
            }
        }
    }

    /// <summary>On this worker's thread, which waits for a job: does batches of it itself, because there may be no other worker who could.</summary>
    /// <exception cref="InvalidOperationException">It is in the middle of something that can't be interrupted.</exception>
    public void Help(Job job, Task until)
    {
        CheckFree();
        Cultures outer = Cultures.Current;
        _cultures.Enter(job.Cultures);
        while (!until.IsCompleted && job.Take(Math.Max(1, Left), Aim) is { } batch)
        {
            if (!Serve(batch))
                return;
        }

        outer.Set();
    }

    /// <summary>Throws where it can't do a batch before another one has ended.</summary>
    protected virtual void CheckFree()
    {
    }

    private bool Serve(Batch batch)
    {
        Job? outer = _job;
        Left -= batch.Count;
        _cultures.Enter(batch.Job.Cultures);
        Volatile.Write(ref _job, batch.Job);
        bool stays = Do(batch);
        Volatile.Write(ref _job, outer);
        return stays;
    }

    /// <summary>The job's next batch for this worker.</summary>
    public Batch? TakeFrom(Job job)
    {
        _cultures.Enter(job.Cultures); // the sequence of inputs is the caller's code as well
        return job.Take(Left, Aim);
    }

    /// <summary>Runs the pool's initializer on this worker's thread.</summary>
    protected void Initialize(Action initializer) => _cultures.Initialize(initializer, Crew.Cultures);
}
