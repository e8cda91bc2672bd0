namespace Tessera.Executors;

/// <summary>Takes results that a worker process makes.</summary>
internal abstract class RemoteDestination
{
    /// <summary>Gives shared memory for a cell to <paramref name="make"/>, and passes on what was made there.</summary>
    /// <returns>Null, or what the passing on waits for.</returns>
    public abstract Task? Write(int cell, Region results, TaskContext context, Action<nint> make);
}
