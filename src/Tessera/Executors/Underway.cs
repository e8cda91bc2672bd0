namespace Tessera.Executors;

/// <summary>
/// Counts reads and writes that go on without a worker, so that the end of a run that was stopped can wait for them: they use memory of the run.
/// </summary>
internal sealed class Underway
{
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count = 1; // and one until somebody waits for the end

    /// <summary>One more; to be told of by <see cref="End"/>.</summary>
    public void Begin() => Interlocked.Increment(ref _count);

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
