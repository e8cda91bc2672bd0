namespace Tessera.Memory;

// Memory that nobody asks for any more goes back to the operating system by itself.
internal sealed partial class BlockPool
{
    /// <summary>How long memory waits for a run that asks for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private bool _isTicking;

    /// <summary>Gives back what no run has asked for in <see cref="Patience"/>, unless one is on.</summary>
    internal void FreeUnused()
    {
        foreach ((nint address, long bytes) in TakeUnused())
            _pages.Give(address, bytes);
        lock (_gate)
        {
            _isTicking = false;
            SetTimer();
        }
    }

    private List<(nint Address, long Bytes)> TakeUnused()
    {
        var taken = new List<(nint, long)>();
        lock (_gate)
        {
            for (int i = 0; i < _cached.Length && _runs == 0; i++)
            {
                int unused = 0;
                for (; unused < _cached[i].Count && _time.GetElapsedTime(_cached[i][unused].Since) >= Patience; unused++)
                    taken.Add((_cached[i][unused].Address, SizeClass.BytesOf(i)));
                _cached[i].RemoveRange(0, unused);
                _cachedBytes -= unused * SizeClass.BytesOf(i);
            }
        }

        return taken;
    }

    // Under the gate.
    private void SetTimer()
    {
        if (_isTicking || _cachedBytes == 0)
            return;
        _isTicking = true;
        _timer.Change(Tick, Timeout.InfiniteTimeSpan);
    }

    private ITimer UnsetTimer()
    {
        bool flows = !ExecutionContext.IsFlowSuppressed();
        if (flows)
            ExecutionContext.SuppressFlow(); // the timer outlives whatever the first run belongs to
        ITimer timer = _time.CreateTimer(_ => FreeUnused(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (flows)
            ExecutionContext.RestoreFlow();
        return timer;
    }
}
