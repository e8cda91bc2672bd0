namespace Tessera.Pools;

/// <summary>Where a job's results go. Safe to use from many threads.</summary>
internal abstract class Results<TResult>
{
    /// <summary>How many inputs more than <paramref name="taken"/> may be taken now.</summary>
    public virtual int Room(long taken) => int.MaxValue;

    /// <summary>The results of neighbouring inputs, each input's once.</summary>
    public abstract void Deliver(long first, ReadOnlySpan<TResult> results);

    /// <summary>There will be no more, and none is being delivered.</summary>
    /// <param name="failedAt">The first input without a result.</param>
    /// <param name="failure">Why, or null where all have one.</param>
    public abstract void End(long failedAt, Exception? failure);
}
