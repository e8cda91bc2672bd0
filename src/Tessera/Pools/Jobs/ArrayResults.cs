namespace Tessera.Pools;

/// <summary>All results in one array, in the order of the inputs.</summary>
/// <param name="expected">How many there will probably be; 0 where it isn't known.</param>
internal sealed class ArrayResults<TResult>(long expected) : Results<TResult>
{
    private readonly TaskCompletionSource<TResult[]> _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TResult[] _results = new TResult[expected]; // each place is written by one worker alone, so that none waits for another
    private readonly Lock _gate = new();
    private TResult[] _more = []; // those beyond the expected ones
    private readonly SpreadCount _delivered = new();

    public Task<TResult[]> Whole => _whole.Task;

    public override void Deliver(long first, ReadOnlySpan<TResult> results)
    {
        int inside = (int)Math.Clamp(_results.Length - first, 0, results.Length);
        if (inside > 0)
            results[..inside].CopyTo(_results.AsSpan((int)first));
        if (inside < results.Length)
            DeliverMore((int)(first + inside - _results.Length), results[inside..]);
        _delivered.Add(results.Length);
    }

    public override void End(Ending ending)
    {
        switch (Checked(ending, _delivered.Sum()))
        {
            case Ending.All { Inputs: var count } when count == _results.Length:
                _whole.TrySetResult(_results);
                break;
            case Ending.All { Inputs: var count }:
                int inside = (int)Math.Min(count, _results.Length);
                _whole.TrySetResult([.. _results.AsSpan(0, inside), .. _more.AsSpan(0, (int)(count - inside))]);
                break;
            case Ending.Broken { Reason: OperationCanceledException { CancellationToken.IsCancellationRequested: true } cancelled }:
                _whole.TrySetCanceled(cancelled.CancellationToken);
                break;
            case Ending.Broken { Reason: var reason }:
                _whole.TrySetException(reason);
                _ = _whole.Task.Exception; // who doesn't wait for the result doesn't want to hear of it from the finalizer
                break;
            default:
                _whole.TrySetCanceled(); // an array isn't left off by whoever waits for it
                break;
        }
    }

    private void DeliverMore(int first, ReadOnlySpan<TResult> results)
    {
        lock (_gate)
        {
            int end = first + results.Length;
            if (end > _more.Length)
                Array.Resize(ref _more, (int)Math.Max(end, Math.Min(Array.MaxLength, 2L * _more.Length)));
            results.CopyTo(_more.AsSpan(first));
        }
    }
}
