namespace Tessera.Pools;

/// <summary>Where a job's results go. Safe to use from many threads.</summary>
internal abstract class Results<TResult>
{
    /// <summary>How many inputs more than <paramref name="taken"/> may be taken now.</summary>
    public virtual int Room(long taken) => int.MaxValue;

    /// <summary>The results of neighbouring inputs, each input's once.</summary>
    public abstract void Deliver(long first, ReadOnlySpan<TResult> results);

    /// <summary>There will be no more; what is delivered after it, by a batch of an abandoned job, nobody wants.</summary>
    public abstract void End(Ending ending);

    /// <summary>The ending, unless it says that all is there and it isn't.</summary>
    protected static Ending Checked(Ending ending, long delivered) => ending is Ending.All all && all.Inputs != delivered
        ? new Ending.Broken(new InvalidOperationException(
            $"Of {all.Inputs} inputs, {delivered} had results at the end. This is an error in Tessera; please report it."))
        : ending;
}
