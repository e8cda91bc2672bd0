namespace Tessera.Executors;

/// <summary>Takes results that a worker process makes.</summary>
internal abstract class RemoteDestination
{
    /// <summary>Bytes that are rented here for a cell, beside those of blocks that stay, and those that whoever takes the cell works with.</summary>
    public virtual long RentedBytes(Region results) => 0;

    /// <summary>Gives shared memory for a cell to <paramref name="make"/>, and passes on what was made there.</summary>
    /// <returns>Null, or what the passing on waits for.</returns>
    public abstract Task? Write(int cell, Region results, TaskContext context, Action<nint> make);
}
