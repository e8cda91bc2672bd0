using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Tessera.Pools;

namespace Tessera.Tests.Pools.Orders;

/// <summary>
/// Lets the threads of one run go one step at a time: all are parked before their next steps, one is chosen, goes on to its next but one, and is parked again.
/// </summary>
/// <param name="workers">Threads of the pool that will come.</param>
/// <param name="roles">Other threads that will come.</param>
/// <param name="choose">Who goes on: an index of those who can; below 0 to let all of them go as they like, to the end.</param>
internal sealed class TurnTaker(int workers, int roles, Func<TurnTaker, IReadOnlyList<Participant>, int> choose) : Turns
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    [ThreadStatic]
    private static Participant? _me;

    private readonly Lock _gate = new();
    private readonly Participant?[] _all = new Participant?[workers + roles];
    private readonly List<Participant> _able = [];
    private int _running = workers + roles; // also those that haven't come yet
    private volatile bool _isFree;

    /// <summary>Set once the pool is made.</summary>
    public Crew? Crew { get; set; }

    public IEnumerable<Participant> Participants => _all.Select(one => one!);

    /// <summary>What the choosing failed with: then all go on as they like.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>True where nobody could go on although a role wasn't at its end.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>A thread of the test takes its place.</summary>
    public void Enter(int role, string name) => _all[workers + role] = _me = new Participant(name, isRole: true);

    public override void Await(object place, Lock? needed = null, [CallerMemberName] string step = "")
    {
        if (!_isFree && Me() is { } me)
            Park(me, place, needed is { IsHeldByCurrentThread: false } ? needed : null, null, step);
    }

    public override void Until(Func<bool> condition, [CallerMemberName] string step = "")
    {
        if (!_isFree && Me() is { } me)
            Park(me, this, null, condition, step);
        if (IsStuck && _me is { IsRole: true })
            throw new StuckException();
        var clock = Stopwatch.StartNew();
        for (var wait = default(SpinWait); !condition(); wait.SpinOnce(sleep1Threshold: -1)) // yields, and never sleeps
        {
            if (clock.Elapsed > LongestWait)
                throw new StuckException();
        }
    }

    public override void Leave()
    {
        Participant? next = null;
        lock (_gate)
        {
            if (Me() is not { } me || me.IsGone)
                return;
            me.IsGone = true;
            next = --_running == 0 ? Next() : null;
        }

        next?.Go.Release();
    }

    /// <summary>From now on all go as they like.</summary>
    public void Free()
    {
        _isFree = true;
        foreach (Participant? one in _all)
            one?.Go.Release();
    }

    private Participant? Me()
    {
        if (Worker.Current is { } worker && worker.Crew == Crew && _all[worker.Number - 1] is null)
            _all[worker.Number - 1] = _me = new Participant($"worker {worker.Number}", isRole: false);
        return _me;
    }

    private void Park(Participant me, object place, Lock? needed, Func<bool>? condition, string step)
    {
        Participant? next = null;
        lock (_gate)
        {
            me.Park(place, needed, condition, step);
            if (--_running == 0)
                next = Next();
        }

        if (next == me)
            return;
        next?.Go.Release();
        me.Go.Wait();
    }

    private Participant? Next()
    {
        if (_isFree)
            return null;
        _able.Clear();
        foreach (Participant? one in _all)
        {
            if (!one!.IsGone && one.IsAble)
                _able.Add(one);
        }

        bool isOver = Participants.All(one => !one.IsRole || one.IsGone);
        IsStuck = _able.Count == 0 && !isOver;
        int chosen = -1;
        try
        {
            if (_able.Count > 0 && !isOver)
                chosen = choose(this, _able);
        }
        catch (Exception failure)
        {
            Failure = ExceptionDispatchInfo.Capture(failure); // on whatever thread; the test's own is told once all have ended
        }

        if (chosen < 0)
        {
            Free();
            return null;
        }

        _running++;
        _able[chosen].Begin(Crew!);
        return _able[chosen];
    }
}
