using System.Runtime.InteropServices;

namespace Tessera.Pools;

/// <summary>How far a job is, and how it ends. Each method is one transition, and atomic, but for the two that every batch makes.</summary>
/// <remarks>
/// <para>A job is in one of three states.</para>
/// <list type="table">
/// <item><term>open</term><description>Inputs may be taken.</description></item>
/// <item><term>stopping</term><description>There is a reason not to begin the inputs from <see cref="StopAt"/> on; those before it are worked on.</description></item>
/// <item><term>over</term><description>It has its <see cref="Ending"/>, which nothing changes any more.</description></item>
/// </list>
/// <para>What leads from one to another:</para>
/// <list type="table">
/// <item><term><see cref="Enter"/>, <see cref="TakeBack"/></term><description>One more is under way. Once the job is over there is nothing to take.</description></item>
/// <item><term><see cref="Took"/></term><description>So many inputs more are in a worker's hands; perhaps there are no others.</description></item>
/// <item><term><see cref="Stop"/></term><description>Open or stopping becomes stopping: index and reason are set together, where the index is lower than the one
/// before. Without effect once the job is over.</description></item>
/// <item><term><see cref="Leave"/>, <see cref="Return"/>, <see cref="TryEnd"/></term><description>The job becomes over if nobody is under way and nothing is left
/// to take: with the reason where it was stopping, else with all results.</description></item>
/// <item><term><see cref="Abandon"/></term><description>The job becomes over at once, whoever is under way.</description></item>
/// </list>
/// <para>The transition that makes the job over gives its ending to its caller, who tells all who wait; to all later ones it gives none.</para>
/// <para>
/// <see cref="Enter"/> and <see cref="Leave"/> take no lock unless the job may be over, because a worker of small batches does little else. Each counts first and
/// looks then, with a barrier between, and so does who ends the job. Of a worker that enters and one that ends the job, one sees the other: the job
/// isn't ended under the worker, or the worker sees that there is nothing to take, and leaves.
/// </para>
/// <para>
/// Example: 6 inputs in two batches. A leaves, and B is about to when the token fires. B leaves first: nothing is left, nothing stands against it, the ending is
/// all 6; the token's Stop comes too late and the caller has his results. Or Stop comes first: StopAt is 0 with the token's reason, B leaves, and the
/// ending is that reason, although there are 6 results. There is no third way.
/// </para>
/// </remarks>
internal sealed class JobState(Turns? turns)
{
    private readonly Lock _gate = new();
    private readonly Stack<Batch> _returned = []; // given back, to be taken anew
    private int _returnedCount;
    private bool _areAllTaken;
    private long _stopAt = long.MaxValue; // below this only together with a reason
    private Ending? _reason;
    private Ending? _ending;
    private bool _isAbandoned;
    private Counts _counts; // written by every batch

    /// <summary>Inputs from here on are not to be begun.</summary>
    public long StopAt
    {
        get
        {
            turns?.Await(this);
            return Volatile.Read(ref _stopAt);
        }
    }

    public bool IsOver
    {
        get
        {
            turns?.Await(this);
            return Volatile.Read(ref _ending) is not null;
        }
    }

    /// <summary>True where it became over while batches were under way.</summary>
    public bool IsAbandoned
    {
        get
        {
            turns?.Await(this);
            return Volatile.Read(ref _isAbandoned);
        }
    }

    /// <summary>The inputs that were taken so far.</summary>
    public long Taken => Volatile.Read(ref _counts.Taken);

    /// <summary>A worker is about to ask for inputs, one at a time. It is under way from now on, and leaves if it gets none.</summary>
    /// <param name="most">That may be under way, this one included.</param>
    /// <returns>False if there will be none, or too many are under way.</returns>
    public bool Enter(int most)
    {
        turns?.Await(this);
        int underWay = Interlocked.Increment(ref _counts.UnderWay);
        turns?.Await(this);
        return underWay <= most && Volatile.Read(ref _ending) is null && !Volatile.Read(ref _areAllTaken) && _counts.Taken < Volatile.Read(ref _stopAt);
    }

    /// <summary>Who has entered got some inputs. Until it leaves, the job isn't over unless it is abandoned.</summary>
    public void Took(int inputs, bool areAll)
    {
        turns?.Await(this);
        Volatile.Write(ref _counts.Taken, _counts.Taken + inputs);
        if (areAll)
            Volatile.Write(ref _areAllTaken, true);
    }

    /// <summary>A batch that was given back, for a worker who is under way with it from now on; null where there is none.</summary>
    public Batch? TakeBack()
    {
        if (Volatile.Read(ref _returnedCount) == 0)
            return null; // nearly always
        lock (_gate)
        {
            if (_ending is not null || !_returned.TryPop(out Batch? batch))
                return null;
            _returnedCount = _returned.Count;
            Interlocked.Increment(ref _counts.UnderWay);
            return batch;
        }
    }

    /// <summary>Who is under way with a batch gives back another one.</summary>
    public void PutBack(Batch batch)
    {
        lock (_gate)
            Push(batch);
    }

    /// <summary>Who was under way gives back its batches and leaves.</summary>
    public Ending? Return(ReadOnlySpan<Batch> batches)
    {
        lock (_gate)
        {
            for (int i = batches.Length - 1; i >= 0; i--)
                Push(batches[i]); // what isn't wanted any more is found out when it is taken
            Interlocked.Decrement(ref _counts.UnderWay);
            return EndIfDone();
        }
    }

    /// <summary>There is a reason not to begin an input, nor any after it.</summary>
    /// <returns>True where <see cref="StopAt"/> is lower now.</returns>
    public bool Stop(long index, Ending reason)
    {
        turns?.Await(this);
        lock (_gate)
            return StopFrom(index, reason);
    }

    /// <summary>A batch, or the asking for one, is done with.</summary>
    /// <returns>How many are still under way, and the ending where this was the end.</returns>
    public (int UnderWay, Ending? Ending) Leave()
    {
        turns?.Await(this);
        int underWay = Interlocked.Decrement(ref _counts.UnderWay);
        if (underWay > 0)
            return (underWay, null); // the last one to leave looks
        turns?.Await(this);
        lock (_gate)
            return (underWay, EndIfDone());
    }

    /// <summary>Ends the job if nobody is left who would.</summary>
    public Ending? TryEnd()
    {
        turns?.Await(this);
        lock (_gate)
            return EndIfDone();
    }

    /// <summary>Ends the job whoever is under way.</summary>
    public Ending? Abandon(Ending reason)
    {
        turns?.Await(this);
        lock (_gate)
        {
            if (_ending is not null)
                return null;
            StopFrom(0, reason);
            Volatile.Write(ref _isAbandoned, true);
            Volatile.Write(ref _ending, _reason);
            return _ending;
        }
    }

    private void Push(Batch batch)
    {
        _returned.Push(batch);
        Volatile.Write(ref _returnedCount, _returned.Count);
    }

    private bool StopFrom(long index, Ending reason)
    {
        if (_ending is not null || index >= _stopAt)
            return false;
        _reason = reason;
        Volatile.Write(ref _stopAt, index);
        return true;
    }

    private Ending? EndIfDone()
    {
        Interlocked.MemoryBarrier(); // whoever enters after this sees what stands against it
        bool isDone = Volatile.Read(ref _counts.UnderWay) == 0 && _returned.Count == 0 && (_areAllTaken || _counts.Taken >= _stopAt);
        if (_ending is not null || !isDone)
            return null;
        Volatile.Write(ref _ending, _reason ?? new Ending.All(_counts.Taken));
        return _ending;
    }

    /// <summary>Alone in their cache lines, because workers read what lies beside them for every input.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Counts
    {
        /// <summary>Inputs that were taken since the beginning.</summary>
        [FieldOffset(128)]
        public long Taken;

        /// <summary>Batches, and workers that ask for inputs.</summary>
        [FieldOffset(136)]
        public int UnderWay;
    }
}
