namespace Tessera.Executors;

/// <summary>
/// Counts what goes on without a worker and uses memory of the run, so that the end of a run that was stopped can wait for it: reads and writes, and whatever is
/// just being finished.
/// </summary>
internal sealed class Underway
{
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count = 1; // and one until somebody waits for the end

    /// <summary>One more; to be told of by <see cref="End"/>.</summary>
    public void Begin() => Interlocked.Increment(ref _count);

    /// <summary>The same for who may come too late: false, and nothing is counted, if the end was waited for and none was left.</summary>
    public bool TryBegin()
    {
        for (int count = Volatile.Read(ref _count); count > 0;)
        {
            int seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count)
                return true;
            count = seen;
        }

        return false;
    }

    public void End()
    {
        if (Interlocked.Decrement(ref _count) == 0)
            _none.SetResult();
    }

    /// <summary>Waits until none is left; called once, when no more begin.</summary>
    public Task WhenNoneAsync()
    {
        End();
        return _none.Task;
    }
}
