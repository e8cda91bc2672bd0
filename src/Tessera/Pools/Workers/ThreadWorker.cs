namespace Tessera.Pools;

/// <summary>Calls functions on its own thread. One that is stuck in a function past its time is left behind, and another takes its place.</summary>
internal sealed class ThreadWorker(Crew crew, int number) : Worker(crew, number)
{
    private bool _isReady;
    private bool _isReplaced;

    protected override TimeSpan Aim { get; } = TimeSpan.FromMilliseconds(0.5);

    protected override bool Prepare()
    {
        if (_isReady && Left > 0)
            return true;
        if (_isReady)
        {
            Crew.Replace(this);
            _isReplaced = true;
            return false;
        }

        _isReady = true;
        Left = Crew.Options.MaxTasksPerWorker ?? int.MaxValue;
        try
        {
            if (Crew.Options.Initializer is { } initializer)
                Initialize(initializer);
        }
        catch (Exception failure)
        {
            Crew.Break(WorkerException.Of("The pool's initializer", null, failure));
            return false;
        }

        return true;
    }

    protected override bool Do(Batch batch)
    {
        if (batch.Job.Options.Timeout is not { } time)
        {
            batch.Run();
            return true;
        }

        var clock = new Timer(_ => RunOut(batch, time), null, time, Timeout.InfiniteTimeSpan);
        batch.Run();
        clock.DisposeAsync().AsTask().GetAwaiter().GetResult(); // where it has run out this moment, another takes this one's place first
        return !_isReplaced;
    }

    private void RunOut(Batch batch, TimeSpan time)
    {
        if (!batch.Claim())
            return;

        // Once: batches may lie within one another, where a function maps on its own pool, and the time of several may be up.
        if (!Interlocked.Exchange(ref _isReplaced, true))
        {
            Crew.Replace(this);
            Crew.Ended();
        }

        batch.Fail(MapOptions.TimedOut(time));
    }
}
