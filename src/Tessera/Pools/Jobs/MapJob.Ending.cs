namespace Tessera.Pools;

// How a job ends: it has failed, was cancelled or abandoned, or all is done.
internal sealed partial class MapJob<T, TResult>
{
    /// <summary>The caller's token has fired.</summary>
    public void Cancel(OperationCanceledException reason) => StopAll(new Ending.Broken(reason));

    /// <summary>Whoever consumes the results asks for no more.</summary>
    public void LeaveOff() => StopAll(new Ending.LeftOff());

    public override void Abandon(Exception reason)
    {
        if (_state.Abandon(new Ending.Broken(reason)) is not { } ending)
            return;
        _crew.StopWorkers(this);
        End(ending);
        CallCancellation.Fire(_calls);
    }

    private void StopAll(Ending reason)
    {
        Stop(0, reason); // first, because calls may end while they are being cancelled, and the last of them ends the job
        CallCancellation.Fire(_calls);
        EndWith(_state.TryEnd());
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

    private void Fail(long index, Exception failure) => Stop(index, new Ending.Broken(failure));

    private void Stop(long index, Ending reason)
    {
        if (_state.Stop(index, reason))
            _crew.StopWorkers(this);
    }

    private WorkerException Wrap(long index, Exception failure) => WorkerException.Of(FunctionName, HasInputs ? index : null, failure);

    /// <summary>A batch, or the asking for one, is done with.</summary>
    private int Leave()
    {
        (int underWay, Ending? ending) = _state.Leave();
        EndWith(ending);
        return underWay;
    }

    private void EndWith(Ending? ending)
    {
        if (ending is not null)
            End(ending);
    }

    /// <summary>Tells all who wait. Called once, by whoever made the job over.</summary>
    private void End(Ending ending)
    {
        _crew.Remove(this);
        _sent?.End();
        _cancellation.Unregister();
        Exception? ofProgress = EndProgress(), ofInputs = LetInputsGo();
        bool isBroken = ending is Ending.Broken; // then that is the one to tell
        if (ending is Ending.All && (ofProgress ?? ofInputs) is { } late)
            ending = new Ending.Broken(late);
        _results.End(ending);

        _crew.Turns?.Await(this);
        if (!isBroken && ofProgress is null && ofInputs is not null)
        {
            _over.SetException(ofInputs); // for who ended a lazy map early, and asks for no further result
            _ = _over.Task.Exception;
        }
        else
        {
            _over.SetResult();
        }
    }

    private Exception? EndProgress()
    {
        try
        {
            _progress?.End();
            return null;
        }
        catch (Exception failure)
        {
            return failure; // the caller's own
        }
    }

    /// <summary>Once. Where a worker asks the inputs of an abandoned job, that worker does it: the end of a pool waits for no sequence.</summary>
    public Exception? LetInputsGo()
    {
        bool isAbandoned = _state.IsAbandoned;
        _crew.Turns?.Await(this, isAbandoned ? null : _taking);
        if (!isAbandoned)
            _taking.Enter();
        else if (_taking.IsHeldByCurrentThread)
            return null; // the sequence itself has ended the pool; it is released when it gives its next input
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
            _crew.Turns?.Await(this);
            _taking.Exit();
        }
    }
}
