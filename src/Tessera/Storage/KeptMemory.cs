using Tessera.Memory;

namespace Tessera.Storage;

/// <summary>
/// A block that outlives its run. It goes back to its pool when its owner ends it and the last run that reads it is over, or when nobody refers to it any
/// more. The garbage collector is told of its bytes: it sees a small object, and would let many of them wait.
/// <code>
/// made: 1 user     a run begins: 2     End: 1     another run is refused     the first run ends: 0, given back
/// </code>
/// </summary>
internal sealed class KeptMemory
{
    private readonly Block _block;
    private readonly long _pressure;
    private int _users = 1; // the owner, and the runs under way
    private int _isEnded;

    public KeptMemory(Block block)
    {
        (_block, _pressure) = (block, Math.Max(1, block.Bytes));
        GC.AddMemoryPressure(_pressure);
        MemoryLedger.Shared.AddOutside(_pressure);
    }

    ~KeptMemory()
    {
        if (Interlocked.Exchange(ref _users, 0) > 0)
            GiveBack();
    }

    /// <summary>A reader begins, unless the owner has ended it.</summary>
    public bool TryUse()
    {
        int seen = Volatile.Read(ref _users);
        while (seen > 0 && Volatile.Read(ref _isEnded) == 0)
        {
            int found = Interlocked.CompareExchange(ref _users, seen + 1, seen);
            if (found == seen)
                return true;
            seen = found;
        }

        return false;
    }

    /// <summary>A reader is done.</summary>
    public void EndUse()
    {
        if (Interlocked.Decrement(ref _users) != 0)
            return;
        GC.SuppressFinalize(this);
        GiveBack();
    }

    /// <summary>The owner needs it no more.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            EndUse();
    }

    private void GiveBack()
    {
        _block.Dispose();
        GC.RemoveMemoryPressure(_pressure);
        MemoryLedger.Shared.AddOutside(-_pressure);
    }
}
