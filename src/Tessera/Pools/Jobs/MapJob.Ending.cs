namespace Tessera.Pools;

// How a job ends: it has failed, was cancelled or abandoned, or all is done.
internal sealed partial class MapJob<T, TResult>
{
    /// <summary>Nobody wants the results any more.</summary>
    public void Cancel(Exception? reason)
    {
        Fail(0, reason); // first, for calls may end while they are being cancelled, and the last of them ends the job
        CallCancellation.Fire(_calls);
        EndIfDone();
    }

    public override void Abandon(Exception reason)
    {
        Volatile.Write(ref _isAbandoned, true);
        Fail(0, reason);
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
        }

        End();
        CallCancellation.Fire(_calls);
    }

    private void Report(long first, int done)
    {
        try
        {
            _progress!.Done(done);
        }
        catch (Exception failure)
        {
            Fail(first, failure); // the caller's own
        }
    }

    private void Fail(long index, Exception? failure)
    {
        lock (_gate)
        {
            if (index < _failedAt)
                (_failedAt, _failure) = (index, failure);
        }

        if (StopFrom(index))
            _crew.StopWorkers(this);
    }

    private WorkerException Wrap(long index, Exception failure) => WorkerException.Of(FunctionName, HasInputs ? index : null, failure);

    /// <summary>A batch, or the asking for one, is done with.</summary>
    private int Leave()
    {
        int left = Interlocked.Decrement(ref _underWay);
        if (left == 0)
            EndIfDone();
        return left;
    }

    private void EndIfDone()
    {
        lock (_gate)
        {
            // In this order: once all is taken or failed, nobody enters any more but for what was returned.
            if (_isOver || !(Volatile.Read(ref _allTaken) || Volatile.Read(ref _next) >= StopAt) || _returned.Count > 0 || Volatile.Read(ref _underWay) > 0)
                return;
            _isOver = true;
        }

        End();
    }

    private void End()
    {
        _crew.Remove(this);
        _sent?.End();
        _cancellation.Unregister();
        Exception? failure = _failure;
        try
        {
            _progress?.End();
        }
        catch (Exception last)
        {
            failure ??= last; // the caller's own; the first failure is the one to tell
        }

        Exception? ofInputs = LetInputsGo();
        _results.End(Math.Min(_next, _failedAt), failure ?? ofInputs);
        if (failure is null && ofInputs is not null)
        {
            _over.SetException(ofInputs); // for who ended a lazy map early, and asks for no further result
            _ = _over.Task.Exception;
        }
        else
        {
            _over.SetResult();
        }
    }

    /// <summary>Once. Where a worker asks the inputs of an abandoned job, that worker does it: the end of a pool waits for no sequence.</summary>
    public Exception? LetInputsGo()
    {
        if (!Volatile.Read(ref _isAbandoned))
            _taking.Enter();
        else if (_taking.IsHeldByCurrentThread)
            return null; // the sequence itself has ended the pool; it is let go when it gives its next input
        else if (!_taking.TryEnter())
            return null;
        try
        {
            if (!_areInputsGone)
                _inputs.Dispose();
            return null;
        }
        catch (Exception failure)
        {
            return failure; // the caller's own
        }
        finally
        {
            _areInputsGone = true;
            _taking.Exit();
        }
    }
}
