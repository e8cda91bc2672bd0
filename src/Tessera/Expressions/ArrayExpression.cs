using System.Diagnostics;
using Tessera.Geometry;
using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>
/// What an array is, without an element of it: an operation over other expressions. Immutable, not generic, cheap to make.
/// The kinds: <see cref="Source"/>, <see cref="Constant"/>, <see cref="Elementwise"/>, <see cref="View"/> (slices, transposes, broadcasts),
/// <see cref="Concatenate"/>, <see cref="Reshape"/>, <see cref="Rechunk"/>, <see cref="Reduce"/>, <see cref="Delivered"/>, and <see cref="Hold"/>, which only the
/// planner makes. Each says of itself what the planner must know; its kind is asked for by lowering, deciding and the rules
/// alone, and there only where no answer serves.
/// </summary>
[DebuggerDisplay("{Describe(),nq} {Shape} {ElementType}")]
internal abstract class ArrayExpression(ElementType elementType, ChunkGrid chunks, params ReadOnlySpan<ArrayExpression> inputs)
{
    private readonly ArrayExpression[] _inputs = inputs.ToArray();
    private readonly bool _needsValues = AnyNeedsValues(inputs);

    public ElementType ElementType { get; } = elementType;

    /// <summary>How the user sees the array cut. The plan may cut otherwise.</summary>
    public ChunkGrid Chunks { get; } = chunks;

    public Shape Shape => Chunks.Shape;

    public ReadOnlySpan<ArrayExpression> Inputs => _inputs;

    /// <summary>Operations on the longest way down to a source.</summary>
    public int Depth { get; } = 1 + Deepest(inputs);

    /// <summary>
    /// No fewer than the ways in which this leads to any one elementwise operation: their sum over the inputs, so that it is known without a walk. What
    /// leads to none in many ways needs no closer look.
    /// </summary>
    public int Ways { get; protected init; } = SumOfWays(inputs, static input => input.Ways);

    /// <summary>From so many <see cref="Ways"/> on, views are pushed through operations only after it has been decided what is kept.</summary>
    public const int ManyWays = 1000;

    /// <summary>
    /// The same for one element: of parts one after another, it lies in one. If all views were pushed to the sources, there would be no more of an operation for
    /// any one view of this.
    /// </summary>
    public int WaysOfElement { get; protected init; } = SumOfWays(inputs, static input => input.WaysOfElement);

    /// <summary>The <see cref="Ways"/> through what a view sees of this.</summary>
    public virtual int WaysSeen(IndexMap map) => Ways;

    /// <summary>True where delayed values deliver elements to this or to what it is made of.</summary>
    public virtual bool NeedsValues => _needsValues;

    /// <summary>True for elements that are read where they lie in memory.</summary>
    public virtual bool IsInMemory => false;

    /// <summary>True for elements that lie in blocks of their own, whatever is decided.</summary>
    public virtual bool IsInBlocks => false;

    /// <summary>True for an operation that is joined with those that read it into one kernel.</summary>
    public virtual bool IsFused => false;

    /// <summary>True for what may be kept in blocks: work or reading. What only moves elements isn't kept, but what it moves.</summary>
    public virtual bool MayBeKept => false;

    /// <summary>True for elements that are read from outside; others are computed.</summary>
    public virtual bool IsRead => false;

    /// <summary>True for elements that are read asynchronously. Tasks of their own read them and hold no worker meanwhile, while memory allows.</summary>
    public virtual bool IsAwaited => false;

    /// <summary>True if one element of the input is shown in many places.</summary>
    public virtual bool RepeatsInput => false;

    /// <summary>True where elements are asked for that aren't neighbours, so that storage chunks are needed in part.</summary>
    public virtual bool CutsAnywhere => false;

    /// <summary>The chunks in which a source that is expensive to read is decoded; null for all else.</summary>
    public virtual Shape? DecodedChunks => null;

    /// <summary>What an element costs, in nanoseconds of one worker (see <see cref="Cost"/>), if one of each input costs so much.</summary>
    public abstract double CostOf(Func<ArrayExpression, double> input);

    /// <summary>Where regions are best cut while nothing is kept, if those of each input are best cut so; as the recipe will say.</summary>
    public abstract Alignment AlignmentOf(Func<ArrayExpression, Alignment> input);

    /// <summary>The operation and its parameters, without its inputs: "sum over axis 0".</summary>
    public abstract string Describe();

    /// <summary>How the name of a step calls this operation.</summary>
    public virtual string DescribeInStep() => Describe();

    /// <summary>True if the name of a step has this operation, as its result or further in. What only moves elements on the way isn't worth a word.</summary>
    public virtual bool IsNamed(bool isResult) => true;

    /// <summary>True if the name of a step goes on with the inputs: not with those of another step, nor with parts that are many and alike.</summary>
    public virtual bool AreInputsNamed(bool isResult) => true;

    /// <summary>True for one element, however often it is repeated.</summary>
    public virtual bool IsConstant => false;

    /// <summary>This operation over other inputs of the same types and shapes.</summary>
    public abstract ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs);

    /// <summary>True where both are the same operation with the same parameters; the inputs are compared by the caller.</summary>
    public abstract bool HasSameParameters(ArrayExpression other);

    /// <summary>A hash of the parameters, equal where <see cref="HasSameParameters"/> is true.</summary>
    public abstract int ParametersHash { get; }

    /// <summary>The ways through several expressions together, or the largest number.</summary>
    protected static int SumOfWays(ReadOnlySpan<ArrayExpression> expressions, Func<ArrayExpression, int> ways)
    {
        long sum = 0;
        foreach (ArrayExpression expression in expressions)
            sum += ways(expression);
        return (int)Math.Min(sum, int.MaxValue);
    }

    private static bool AnyNeedsValues(ReadOnlySpan<ArrayExpression> inputs)
    {
        foreach (ArrayExpression input in inputs)
        {
            if (input.NeedsValues)
                return true;
        }

        return false;
    }

    private static int Deepest(ReadOnlySpan<ArrayExpression> inputs)
    {
        int deepest = 0;
        foreach (ArrayExpression input in inputs)
            deepest = Math.Max(deepest, input.Depth);
        return deepest;
    }
}
