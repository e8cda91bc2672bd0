using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// What was decided of a source serves the next one, if that is like it and asked for alike: a stack of a hundred thousand frames is decided upon once.
/// <code>
/// frame 0: read by two steps, keep it      frames 1, 2, 3, …: the same
/// </code>
/// </summary>
internal sealed class AlikeSources
{
    private readonly List<Ask> _asks = [];
    private (ArrayExpression Source, double Cost, int Conceded, bool MayBeKept)? _before;
    private Decision? _decision;

    /// <param name="source">What is decided upon, which has no inputs.</param>
    /// <param name="asks">Of it.</param>
    /// <param name="cost">Of one of its elements.</param>
    /// <param name="conceded">How far it gave way to the memory budget, or -1 if nobody asked it to.</param>
    /// <param name="mayBeKept">False if keeping it was refused.</param>
    /// <param name="decide">Decides if it isn't like the one before.</param>
    public Decision? Decide(ArrayExpression source, AskList asks, double cost, int conceded, bool mayBeKept, Func<ArrayExpression, AskList, Decision?> decide)
    {
        if (_before is { } before && before.Cost == cost && before.Conceded == conceded && before.MayBeKept == mayBeKept && IsLike(before.Source, source) && IsAsked(asks))
            return _decision is null ? null : _decision with { Expression = source };

        _decision = decide(source, asks);
        _before = (source, cost, conceded, mayBeKept);
        _asks.Clear();
        foreach (Ask ask in asks)
            _asks.Add(ask);
        return _decision;
    }

    private static bool IsLike(ArrayExpression one, ArrayExpression other) =>
        one.GetType() == other.GetType() && one.ElementType == other.ElementType && one.Shape == other.Shape &&
        one.MayBeKept == other.MayBeKept && one.IsInMemory == other.IsInMemory && one.IsRead == other.IsRead && one.IsAwaited == other.IsAwaited &&
        (one.DecodedChunks is { } chunks ? other.DecodedChunks is { } others && chunks == others : other.DecodedChunks is null);

    private bool IsAsked(AskList asks)
    {
        if (asks.Count != _asks.Count)
            return false;
        for (int i = 0; i < _asks.Count; i++)
        {
            if (!ReferenceEquals(asks[i], _asks[i]))
                return false;
        }

        return true;
    }
}
