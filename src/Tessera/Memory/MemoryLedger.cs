namespace Tessera.Memory;

/// <summary>
/// The memory that all runs of the process share. Each keeps to its own budget, and all together to what the machine has: half of it, or the largest budget among
/// them if that is more, and no more than what persisted arrays leave, but always a sixteenth.
/// </summary>
/// <remarks>
/// <para>
/// Who waits. A run that is refused stands in line, in the order in which runs began, until it takes something or no longer waits. What those before it in line
/// want is kept for them; a run takes what is free beyond that. Whatever frees room wakes as many as have room then, from the first on. The eldest run, if none of
/// its tasks is under way, never waits, so that one always goes on; nor does a run that was begun inside a task of another one, which waits for it.
/// </para>
/// <para>
/// What is awaited may hang on the run that waits in ways that nobody sees, such as a function that awaits another computation. So where nothing is taken or given
/// back for <see cref="Patience"/>, and no run has anything under way that will end by itself, the first in line does a task all the same. Where something is
/// under way, which may be a function that blocks, it does so after <see cref="LongPatience"/>.
/// </para>
/// <para>
/// Wakes are called outside the gate, and never by <see cref="TryTake"/>, whose caller may be inside a gate of its own.
/// </para>
/// </remarks>
/// <example>
/// Of 100 bytes A has 90. B, which is younger, is refused 40, and C, which is younger still, 20: both stand in line. A gives back 70, so that 80 are free: both are
/// woken. C asks first, and takes 20, for 80 - 40 are free for it; a D that asks for 30 is refused; B takes 40.
/// </example>
/// <param name="total">The bytes that the machine has.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryLedger(long total, TimeProvider time)
{
    /// <summary>How long nothing happens before one that waits goes on, if nothing is under way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>The same if something is under way.</summary>
    public static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly LinkedList<MemoryShare> _runs = []; // the eldest first
    private readonly LinkedList<Waiter> _waiting = []; // in the order of their runs
    private ITimer? _timer; // while somebody waits
    private long _begun; // runs, ever
    private long _largest; // budget of a run that is on
    private long _reserved; // by runs
    private long _outside;
    private long _changed; // when something was taken or given back, or a wait began; told only while somebody waits

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
    /// <param name="held">What it takes from the beginning on: its result.</param>
    /// <param name="isInside">True if a task of another run waits for it.</param>
    public MemoryShare Begin(long limit, long held, bool isInside)
    {
        lock (_gate)
        {
            var share = new MemoryShare(this, limit, ++_begun, isInside) { Reserved = held };
            _reserved += held;
            _runs.AddLast(share);
            _largest = Math.Max(_largest, limit);
            WakeLater(Due());
            return share;
        }
    }

    /// <summary>Memory that no run accounts for: persisted arrays, what processes share. Given back with as many bytes below 0.</summary>
    public void AddOutside(long bytes)
    {
        lock (_gate)
        {
            _outside += bytes;
            Change();
            WakeLater(Due());
        }
    }

    /// <summary>Takes bytes for a run, if there is room beyond what those before it in line want.</summary>
    /// <param name="share">The run's.</param>
    /// <param name="bytes">That a task needs.</param>
    /// <param name="isAlone">True if none of its tasks is under way: then one run may go on in any case.</param>
    /// <param name="wake">
    /// Asks again. If the run is refused, it stands in line, once for each of these, and is woken when it should ask again; with null it does neither.
    /// </param>
    public bool TryTake(MemoryShare share, long bytes, bool isAlone = false, Action? wake = null)
    {
        lock (_gate)
        {
            LinkedListNode<Waiter>? place = wake is null ? null : PlaceOf(wake);
            bool isTaken = GoesOn(share, isAlone) || place is { Value.MayGoOn: true } || bytes <= FreeFor(share);
            if (isTaken)
            {
                Take(share, bytes);
                if (place is null)
                    return true;
                _waiting.Remove(place);
            }
            else if (wake is null)
            {
                return false;
            }
            else
            {
                place ??= StandInLine(share, wake);
                (place.Value.Bytes, place.Value.IsAlone, place.Value.IsWoken) = (bytes, isAlone, false);
            }

            WakeLater(Due()); // it may have wanted more before
            return isTaken;
        }
    }

    public void Give(MemoryShare share, long bytes)
    {
        List<Action>? due;
        lock (_gate)
        {
            if (share.HasEnded)
                return; // it gave back all
            share.Reserved -= bytes;
            _reserved -= bytes;
            Change();
            due = Due();
        }

        Wake(due);
    }

    /// <summary>A run ends.</summary>
    public void End(MemoryShare share)
    {
        List<Action>? due;
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

            Change();
            due = Due();
        }

        Wake(due);
    }

    /// <summary>Who waited doesn't any more.</summary>
    public void Forget(Action wake)
    {
        lock (_gate)
        {
            if (PlaceOf(wake) is not { } place)
                return;
            _waiting.Remove(place);
            WakeLater(Due());
        }
    }

    // All below is called under the gate, unless it says otherwise.
    private long RoomNow => Math.Max(Math.Min(Math.Max(total / 2, _largest), total - _outside), total / 16);

    /// <summary>What a run may take: what is free, less what older ones wait for; all that is free if a task waits for the run.</summary>
    private long FreeFor(MemoryShare share)
    {
        long free = RoomNow - _reserved;
        for (LinkedListNode<Waiter>? node = _waiting.First; node is not null && node.Value.Share.Number < share.Number && !share.IsInside; node = node.Next)
            free = Less(free, node.Value.Bytes);
        return free;
    }

    /// <summary>What is left beside a wish; below 0, and no less with every further one, if there isn't room for it.</summary>
    private static long Less(long free, long bytes) => bytes <= free ? free - bytes : -1;

    private bool GoesOn(MemoryShare share, bool isAlone) => isAlone && (share.IsInside || _runs.First?.Value == share);

    private void Take(MemoryShare share, long bytes)
    {
        share.Reserved += bytes;
        _reserved += bytes;
        Change();
    }

    private void Change()
    {
        if (_waiting.Count > 0)
            _changed = time.GetTimestamp();
    }

    private LinkedListNode<Waiter>? PlaceOf(Action wake)
    {
        LinkedListNode<Waiter>? node = _waiting.First;
        while (node is not null && node.Value.Wake != wake)
            node = node.Next;
        return node;
    }

    private LinkedListNode<Waiter> StandInLine(MemoryShare share, Action wake)
    {
        LinkedListNode<Waiter>? before = _waiting.Last;
        while (before is not null && before.Value.Share.Number > share.Number)
            before = before.Previous;
        var waiter = new Waiter(share, wake);
        LinkedListNode<Waiter> place = before is null ? _waiting.AddFirst(waiter) : _waiting.AddAfter(before, waiter);
        Change();
        _timer ??= Timer();
        return place;
    }

    /// <summary>Without what belongs to the caller that happens to be the first to wait.</summary>
    private ITimer Timer()
    {
        bool flows = !ExecutionContext.IsFlowSuppressed();
        if (flows)
            ExecutionContext.SuppressFlow();
        try
        {
            return time.CreateTimer(_ => Look(), null, Patience, Patience);
        }
        finally
        {
            if (flows)
                ExecutionContext.RestoreFlow();
        }
    }

    /// <summary>Those in line that have room now and weren't told so yet. They stay in line until they have asked.</summary>
    private List<Action>? Due()
    {
        List<Action>? due = null;
        MemoryShare? share = null; // of those that were just looked at: a run and those within it don't wait for each other
        long all = RoomNow - _reserved, left = all, free = all;
        for (LinkedListNode<Waiter>? node = _waiting.First; node is not null; node = node.Next)
        {
            Waiter waiter = node.Value;
            if (waiter.Share != share)
                (share, free) = (waiter.Share, waiter.Share.IsInside ? all : left);
            bool hasRoom = waiter.MayGoOn || GoesOn(waiter.Share, waiter.IsAlone) || waiter.Bytes <= free;
            if (hasRoom && !waiter.IsWoken)
            {
                waiter.IsWoken = true;
                (due ??= []).Add(waiter.Wake);
            }

            left = Less(left, waiter.Bytes);
        }

        return due;
    }

    /// <summary>Called by the timer, outside the gate.</summary>
    private void Look()
    {
        List<Action>? due;
        lock (_gate)
        {
            if (_waiting.First is not { Value: var first })
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }

            if (time.GetElapsedTime(_changed) >= (_runs.Any(run => run.Underway > 0) ? LongPatience : Patience))
            {
                first.MayGoOn = true;
                first.IsWoken = false;
                Change();
            }

            due = Due();
        }

        Wake(due);
    }

    /// <summary>Outside the gate.</summary>
    private static void Wake(List<Action>? due)
    {
        foreach (Action wake in due ?? [])
            wake();
    }

    private static void WakeLater(List<Action>? due)
    {
        if (due is not null)
            ThreadPool.UnsafeQueueUserWorkItem(Wake, due, preferLocal: false);
    }

    private sealed class Waiter(MemoryShare share, Action wake)
    {
        public MemoryShare Share => share;

        public Action Wake => wake;

        /// <summary>What it asked for last, as the next.</summary>
        public long Bytes { get; set; }

        public bool IsAlone { get; set; }

        /// <summary>True from when it was told that there is room until it has asked.</summary>
        public bool IsWoken { get; set; }

        /// <summary>True once it waited for too long: it takes what it asks for next, whatever is free.</summary>
        public bool MayGoOn { get; set; }
    }
}
