using System.Diagnostics;

namespace Tessera.Memory;

/// <summary>
/// Counts the bytes of memory that a run has reserved against those that it may reserve. The scheduler reserves what a task needs before it starts;
/// whoever gives the blocks back releases them. Besides its own limit a run keeps to what all runs of the process share. Safe to use from many threads.
/// </summary>
/// <example>
/// Limit 100: TryReserve(60) is true; TryReserve(60) is false and changes nothing; Release(60); TryReserve(60) is true; Peak is 60.
/// </example>
/// <param name="limit">The bytes that the run may reserve.</param>
/// <param name="share">Its part of the memory of all; null for none but its own limit.</param>
internal sealed class MemoryBudget(long limit, MemoryShare? share = null)
{
    private readonly Lock _gate = new(); // the ledger's is taken inside it
    private long _reserved;
    private long _peak;

    /// <summary>The bytes that may be reserved at a time.</summary>
    public long Limit => limit;

    /// <summary>The bytes reserved now: above <see cref="Limit"/> only where a task was alone.</summary>
    public long Reserved => Volatile.Read(ref _reserved);

    /// <summary>The most bytes that were ever reserved at a time.</summary>
    public long Peak => Volatile.Read(ref _peak);

    /// <summary>Reserves <paramref name="bytes"/> if that keeps to the limit, and other runs leave room; 0 bytes always do.</summary>
    /// <param name="bytes">That a task needs.</param>
    /// <param name="isAlone">
    /// True if no task of the run is on or waits for something, so that nothing of it can give memory back: then it goes beyond its own limit.
    /// </param>
    /// <param name="wake">
    /// Asks again; null if nobody does. If the run must wait for others, this is called once when it should ask again, by whoever has given something back. If it must
    /// wait for tasks of its own, it isn't called.
    /// </param>
    public bool TryReserve(long bytes, bool isAlone = false, Action? wake = null)
    {
        Debug.Assert(bytes >= 0, "A task needs no fewer than 0 bytes.");
        if (bytes == 0)
            return true;
        lock (_gate)
        {
            if (!isAlone && bytes > limit - _reserved)
            {
                if (wake is not null)
                    share?.Forget(wake);
                return false;
            }

            if (share?.TryTake(bytes, isAlone, wake) == false)
                return false;
            _reserved += bytes;
            _peak = Math.Max(_peak, _reserved);
            return true;
        }
    }

    /// <summary>The same for a run that does one task at a time, waiting for other runs on this thread.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public void ReserveAlone(long bytes, CancellationToken cancellation)
    {
        if (!TryReserve(bytes))
            WaitAlone(bytes, cancellation);
    }

    private void WaitAlone(long bytes, CancellationToken cancellation)
    {
        var woken = new SemaphoreSlim(0); // not disposed of: it may be woken late
        Action wake = () => woken.Release();
        while (!TryReserve(bytes, isAlone: true, wake))
        {
            try
            {
                woken.Wait(cancellation);
            }
            catch (OperationCanceledException)
            {
                Forget(wake);
                throw;
            }
        }
    }

    /// <summary>Who waited to be woken doesn't any more.</summary>
    public void Forget(Action wake) => share?.Forget(wake);

    /// <inheritdoc cref="MemoryShare.AddUnderway"/>
    public void AddUnderway(int count) => share?.AddUnderway(count);

    /// <summary>Gives back bytes reserved before.</summary>
    public void Release(long bytes)
    {
        if (bytes == 0)
            return;
        lock (_gate)
        {
            _reserved -= bytes;
            Debug.Assert(bytes >= 0 && _reserved >= 0, "No more is released than was reserved.");
        }

        share?.Give(bytes);
    }
}
