namespace Tessera.Memory;

/// <summary>
/// The memory that all runs of the process share. Each keeps to its own budget, and all together to what the machine has: half of it, or the largest budget among
/// them if that is more, and no more than what persisted arrays leave, but always a sixteenth.
/// </summary>
/// <remarks>
/// <para>
/// Who waits. A run of which a task is on asks again when it is done. Others wait to be woken: those that wait are served in the order in
/// which their runs began, and while one waits no younger run takes more. The eldest run, if none of its tasks is under
/// way, never waits, so that one always goes on; nor does a run that was begun inside a task of another one, which waits for it.
/// </para>
/// <para>
/// What is awaited may hang on the run that waits in ways that nobody sees, such as a function that awaits another computation. So where nothing is given back in
/// <see cref="Patience"/>, the first of those that wait does a task all the same.
/// </para>
/// </remarks>
/// <example>
/// Of 100 bytes runs have 50. A takes 40; B, which is younger, is refused 20 and has nothing under way: it waits. A takes 30 more, being the eldest (70), and gives
/// back 60 (10): B is woken, and takes 20.
/// </example>
/// <param name="total">The bytes that the machine has.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryLedger(long total, TimeProvider time)
{
    /// <summary>How long nothing is given back before one that waits goes on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly LinkedList<MemoryShare> _runs = []; // the eldest first
    private readonly LinkedList<Waiter> _waiting = []; // in the order of their runs
    private ITimer? _timer; // while somebody waits
    private long _begun; // runs, ever
    private long _largest; // budget of a run that is on
    private long _reserved; // by runs
    private long _outside;
    private bool _hasChanged; // since the timer was looked at

    private sealed record Waiter(MemoryShare Share, long Bytes, bool IsAlone, Action Wake);

    public static MemoryLedger Shared { get; } = new(MachineMemory.TotalBytes, TimeProvider.System);

    /// <summary>The bytes that runs have now.</summary>
    public long Reserved
    {
        get
        {
            lock (_gate)
                return _reserved;
        }
    }

    /// <summary>The bytes that no run accounts for.</summary>
    public long Outside
    {
        get
        {
            lock (_gate)
                return _outside;
        }
    }

    /// <summary>The bytes that runs may have.</summary>
    public long Room
    {
        get
        {
            lock (_gate)
                return RoomNow;
        }
    }

    /// <summary>A run begins; it ends when its share is disposed of.</summary>
    /// <param name="limit">Its budget.</param>
    /// <param name="held">What it holds from the beginning on: its result.</param>
    /// <param name="isInside">True if a task of another run waits for it.</param>
    public MemoryShare Begin(long limit, long held, bool isInside)
    {
        lock (_gate)
        {
            var share = new MemoryShare(this, limit, ++_begun, isInside) { Reserved = held };
            _reserved += held;
            _runs.AddLast(share);
            _largest = Math.Max(_largest, limit);
            return share;
        }
    }

    /// <summary>Memory that no run accounts for: persisted arrays, what processes share. Given back with as many bytes below 0.</summary>
    public void AddOutside(long bytes)
    {
        lock (_gate)
            _outside += bytes;
    }

    /// <summary>Takes bytes for a run, if there is room and no older run waits for any.</summary>
    public bool TryTake(MemoryShare share, long bytes)
    {
        lock (_gate)
        {
            if (bytes > RoomNow - _reserved || (_waiting.First is { } first && first.Value.Share.Number < share.Number && !share.IsInside))
                return false;
            Take(share, bytes);
            return true;
        }
    }

    /// <summary>The same for a run of which no task is on, and which is woken when it should ask again.</summary>
    /// <param name="share">The run's.</param>
    /// <param name="bytes">That a task needs.</param>
    /// <param name="isAlone">True if none of its tasks waits for something either: then one run may go on in any case.</param>
    /// <param name="wake">Asks again.</param>
    public bool TryTake(MemoryShare share, long bytes, bool isAlone, Action wake)
    {
        lock (_gate)
        {
            bool goesOn = share.MayGoOn || (isAlone && (share.IsInside || _runs.First!.Value == share));
            if (goesOn || (bytes <= RoomNow - _reserved && IsNext(share)))
            {
                share.MayGoOn &= !goesOn;
                Take(share, bytes);
                return true;
            }

            Remove(wake); // it asks again before it was woken
            LinkedListNode<Waiter>? before = _waiting.Last;
            while (before is not null && before.Value.Share.Number > share.Number)
                before = before.Previous;
            var waiter = new Waiter(share, bytes, isAlone, wake);
            if (before is null)
                _waiting.AddFirst(waiter);
            else
                _waiting.AddAfter(before, waiter);
            _timer ??= time.CreateTimer(_ => Look(), null, Patience, Patience);
            return false;
        }
    }

    public void Give(MemoryShare share, long bytes)
    {
        Action? wake;
        lock (_gate)
        {
            if (share.HasEnded)
                return; // it gave back all
            share.Reserved -= bytes;
            _reserved -= bytes;
            _hasChanged = true;
            wake = NextToWake();
        }

        wake?.Invoke();
    }

    /// <summary>A run ends.</summary>
    public void End(MemoryShare share)
    {
        Action? wake;
        lock (_gate)
        {
            if (share.HasEnded)
                return;
            share.HasEnded = true;
            _reserved -= share.Reserved;
            _runs.Remove(share);
            if (share.Limit == _largest)
                _largest = _runs.Count == 0 ? 0 : _runs.Max(run => run.Limit);
            for (LinkedListNode<Waiter>? node = _waiting.First, next; node is not null; node = next)
            {
                next = node.Next;
                if (node.Value.Share == share)
                    _waiting.Remove(node);
            }

            _hasChanged = true;
            wake = NextToWake();
        }

        wake?.Invoke();
    }

    /// <summary>Who waited doesn't any more.</summary>
    public void Forget(Action wake)
    {
        lock (_gate)
            Remove(wake);
    }

    // Under the gate.
    private long RoomNow => Math.Max(Math.Min(Math.Max(total / 2, _largest), total - _outside), total / 16);

    private void Remove(Action wake)
    {
        for (LinkedListNode<Waiter>? node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Wake == wake)
            {
                _waiting.Remove(node);
                return;
            }
        }
    }

    private bool IsNext(MemoryShare share) => _waiting.First is not { } first || first.Value.Share.Number >= share.Number;

    private void Take(MemoryShare share, long bytes)
    {
        share.Reserved += bytes;
        _reserved += bytes;
        _hasChanged = true;
    }

    /// <summary>The first of those that wait, if it may go on now. It asks again, and what it takes wakes no other: the next give does.</summary>
    private Action? NextToWake()
    {
        if (_waiting.First is not { } first)
            return null;
        bool goesOn = first.Value.IsAlone && _runs.First?.Value == first.Value.Share;
        if (!goesOn && first.Value.Bytes > RoomNow - _reserved)
            return null;
        _waiting.RemoveFirst();
        return first.Value.Wake;
    }

    private void Look()
    {
        Action? wake;
        lock (_gate)
        {
            if (_waiting.First is not { } first)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }

            if (!_hasChanged)
                first.Value.Share.MayGoOn = true;
            if (first.Value.Share.MayGoOn)
                _waiting.RemoveFirst();
            wake = first.Value.Share.MayGoOn ? first.Value.Wake : NextToWake();
            _hasChanged = false;
        }

        wake?.Invoke();
    }
}
