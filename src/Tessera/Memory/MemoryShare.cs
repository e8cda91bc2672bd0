namespace Tessera.Memory;

/// <summary>What one run has of the memory that all share.</summary>
internal sealed class MemoryShare(MemoryLedger ledger, long limit, long number, bool isInside) : IDisposable
{
    private int _underway;

    public long Limit => limit;

    /// <summary>The higher, the younger the run.</summary>
    public long Number => number;

    public bool IsInside => isInside;

    /// <summary>The ledger's, as the one below.</summary>
    public long Reserved { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>What the run does that will end by itself: tasks on workers, reads and writes that wait.</summary>
    public int Underway => Volatile.Read(ref _underway);

    /// <summary>More of these, or fewer.</summary>
    public void AddUnderway(int count) => Interlocked.Add(ref _underway, count);

    /// <inheritdoc cref="MemoryLedger.TryTake"/>
    public bool TryTake(long bytes, bool isAlone = false, Action? wake = null) => ledger.TryTake(this, bytes, isAlone, wake);

    public void Give(long bytes) => ledger.Give(this, bytes);

    /// <inheritdoc cref="MemoryLedger.Forget"/>
    public void Forget(Action wake) => ledger.Forget(wake);

    public void Dispose() => ledger.End(this);
}
