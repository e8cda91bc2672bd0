using System.Globalization;
using Tessera.Diagnostics;
using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>What becomes of an expression whose elements are asked for more than once.</summary>
internal enum DecisionKind
{
    /// <summary>Each reader makes or reads what it needs.</summary>
    Again,

    /// <summary>Made once and kept in blocks, each until its last reader is done.</summary>
    Keep,

    /// <summary>Made and kept anew for each step that asks for an element more than once, so that blocks live shortly.</summary>
    Passes,
}

/// <summary>A decision with its price.</summary>
/// <param name="Expression">What it is about.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Boxes">What is asked for in all, in boxes that don't overlap.</param>
/// <param name="Times">How often each of these elements would be made, were nothing kept.</param>
/// <param name="Elements">In the boxes, with the rest of their storage chunks.</param>
/// <param name="Nanoseconds">Of one worker, to make one element.</param>
internal sealed record Decision(ArrayExpression Expression, DecisionKind Kind, Region[] Boxes, double Times, long Elements, double Nanoseconds)
{
    /// <summary>Nothing is made so many times over for want of memory: it is said instead that it doesn't fit.</summary>
    private const double MostTimes = 1000;

    private static readonly Dictionary<object, Region[]> NoSteps = [];

    /// <summary>The boxes of each step that the elements are kept for, and by what the step is known.</summary>
    public IReadOnlyDictionary<object, Region[]> Steps { get; init; } = NoSteps;

    /// <summary>How often each element is made as it was decided.</summary>
    public double TimesMade { get; init; } = 1;

    /// <summary>How often it would be with the next way that takes less memory.</summary>
    public double TimesConceding { get; init; }

    /// <summary>True if it is kept whatever memory there is: otherwise, there would be too many ways to the operations below to plan them all.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>True if a way is left that takes less memory, and not out of all proportion to what it saves; results lie in blocks anyway.</summary>
    public bool CanConcede => IsKept && !IsNeeded && TimesConceding <= MostTimes;

    /// <summary>True if blocks are kept for it alone.</summary>
    public bool IsKept => Kind != DecisionKind.Again && !Expression.IsInBlocks;

    public long Bytes => (long)Math.Min(long.MaxValue, (double)Elements * Expression.ElementType.Size); // more than there is, if there is more

    /// <summary>Seconds of one worker that making the elements again would take, over making them once.</summary>
    public double SecondsSaved => (Times - TimesMade) * Elements * Nanoseconds / 1e9;

    /// <summary>What the next way that takes less memory loses, in nanoseconds for a byte.</summary>
    public double LossPerByte => (TimesConceding - TimesMade) * Nanoseconds / Expression.ElementType.Size;

    /// <summary>Seconds of one worker that would be spent on the elements, were nothing kept.</summary>
    public double Cost => Times * Elements * Nanoseconds / 1e9;

    private double SecondsAgain => (TimesMade - 1) * Elements * Nanoseconds / 1e9;

    public override string ToString()
    {
        string name = StepName.Of(Expression), bytes = ByteSize.Format(Bytes);
        string verb = Expression.IsRead ? "read" : "compute";
        return Kind switch
        {
            DecisionKind.Keep => $"keep {name}: {bytes}, saves {Seconds(SecondsSaved)} of {(Expression.IsRead ? "reading" : "computing")} it {Number(Times)} times",
            DecisionKind.Passes => $"{verb} {name} in {Number(TimesMade)} passes: {Seconds(SecondsAgain)} more than keeping all of it, which would take {bytes}",
            _ => $"{verb} {name} {Number(TimesMade)} times: {Seconds(SecondsAgain)} more than keeping it, which would take {bytes}",
        };
    }

    private static string Seconds(double seconds) => Duration.FormatShort(TimeSpan.FromSeconds(Math.Min(seconds, 1e9)));

    private static string Number(double times) => times.ToString(times >= 10 ? "N0" : "0.#", CultureInfo.InvariantCulture);
}
