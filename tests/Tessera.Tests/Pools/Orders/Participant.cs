using System.Reflection;
using Tessera.Pools;

namespace Tessera.Tests.Pools.Orders;

/// <summary>A thread that takes turns.</summary>
internal sealed class Participant(string name, bool isRole)
{
    private static readonly FieldInfo Version = typeof(Crew).GetField("_version", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly FieldInfo IsDisposed = typeof(Crew).GetField("_isDisposed", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private Lock? _needed;
    private Func<bool>? _condition;
    private object? _place;
    private long _seen;

    public string Name => name;

    /// <summary>True for one that the run isn't over without; workers of a pool may sleep in the end.</summary>
    public bool IsRole => isRole;

    public SemaphoreSlim Go { get; } = new(0);

    public bool IsGone { get; set; }

    /// <summary>The step before which it waits.</summary>
    public string Step { get; private set; } = "";

    /// <summary>
    /// Where it is and what it has learnt: the steps since the beginning, or since a worker last looked for work, which forgets what was before. Which inputs it
    /// took is known from how many had been taken.
    /// </summary>
    public ulong Path { get; private set; }

    /// <summary>Whether a step is possible now: the lock is free, the condition is met. For whoever holds the turn.</summary>
    public bool IsAble
    {
        get
        {
            if (_condition is { } condition)
                return condition();
            if (_needed is not { } needed)
                return true;
            if (needed.IsHeldByCurrentThread || !needed.TryEnter())
                return false;
            needed.Exit();
            return true;
        }
    }

    /// <summary>Whether the crew has changed since a worker looked.</summary>
    public bool IsBehind(Crew crew) => (long)Version.GetValue(crew)! != _seen;

    public void Park(object place, Lock? needed, Func<bool>? condition, string step)
    {
        (_place, _needed, _condition, Step) = (place, needed, condition, step);
        Path = Fingerprint.Mix(step == "Look" ? 0 : Path, Fingerprint.Of(step));
    }

    /// <summary>It does its step.</summary>
    public void Begin(Crew crew)
    {
        if (Step == "Look")
            _seen = (long)Version.GetValue(crew)!;
        if (_place is JobState state && Step == nameof(JobState.Took))
            Path = Fingerprint.Mix(Path, (ulong)state.Taken);
        if (Step is nameof(Crew.CheckOpen) or nameof(Crew.Add)) // which exception it carries away
            Path = Fingerprint.Mix(Path, (crew.IsClosed ? 1u : 0) + (crew.IsTerminated ? 2u : 0) + ((bool)IsDisposed.GetValue(crew)! ? 4u : 0));
    }
}

/// <summary>Nobody can go on.</summary>
internal sealed class StuckException : Exception;
