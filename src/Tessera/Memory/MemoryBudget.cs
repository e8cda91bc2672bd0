using System.Diagnostics;

namespace Tessera.Memory;

/// <summary>
/// Counts the bytes that a run holds against the bytes that it may hold. The scheduler reserves what a task needs before it starts;
/// whoever gives the blocks back releases them. Safe to use from many threads.
/// </summary>
/// <example>
/// Limit 100: TryReserve(60) is true; TryReserve(60) is false and changes nothing; Release(60); TryReserve(60) is true; Peak is 60.
/// </example>
internal sealed class MemoryBudget(long limit)
{
    private long _reserved;
    private long _peak;

    /// <summary>The bytes that may be reserved at a time.</summary>
    public long Limit => limit;

    /// <summary>The bytes reserved now: above <see cref="Limit"/> only after <see cref="Reserve"/>.</summary>
    public long Reserved => Volatile.Read(ref _reserved);

    /// <summary>The most bytes that were ever reserved at a time.</summary>
    public long Peak => Volatile.Read(ref _peak);

    /// <summary>Reserves <paramref name="bytes"/> if that keeps to the limit; 0 bytes always do.</summary>
    public bool TryReserve(long bytes)
    {
        Debug.Assert(bytes >= 0, "A task needs no fewer than 0 bytes.");
        if (bytes == 0)
            return true;

        long seen = Volatile.Read(ref _reserved);
        while (bytes <= limit - seen)
        {
            long found = Interlocked.CompareExchange(ref _reserved, seen + bytes, seen);
            if (found == seen)
            {
                RaisePeak(seen + bytes);
                return true;
            }

            seen = found;
        }

        return false;
    }

    /// <summary>Reserves <paramref name="bytes"/>, beyond the limit if need be.</summary>
    public void Reserve(long bytes)
    {
        Debug.Assert(bytes >= 0, "A task needs no fewer than 0 bytes.");
        RaisePeak(Interlocked.Add(ref _reserved, bytes));
    }

    /// <summary>Gives back bytes reserved before.</summary>
    public void Release(long bytes)
    {
        long left = Interlocked.Add(ref _reserved, -bytes);
        Debug.Assert(bytes >= 0 && left >= 0, "No more is released than was reserved.");
    }

    private void RaisePeak(long reserved)
    {
        long seen = Volatile.Read(ref _peak);
        while (reserved > seen)
        {
            long found = Interlocked.CompareExchange(ref _peak, reserved, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }
}
