using System.Diagnostics;

namespace Tessera.Expressions;

/// <summary>
/// What an array is, without an element of it: an operation over other expressions. Immutable, not generic, cheap to make.
/// The kinds: <see cref="Source"/>, <see cref="Constant"/>, <see cref="Elementwise"/>, <see cref="View"/> (slices, transposes, broadcasts),
/// <see cref="Concatenate"/>, <see cref="Reshape"/>, <see cref="Rechunk"/>, <see cref="Reduce"/>, <see cref="Delivered"/>, and <see cref="Hold"/>, which only the
/// optimizer makes.
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
    public int Ways { get; protected init; } = SumOfWays(inputs);

    /// <summary>True where delayed values deliver elements to this or to what it is made of.</summary>
    public virtual bool NeedsValues => _needsValues;

    /// <summary>The operation and its parameters, without its inputs: "mean over axis 0".</summary>
    public abstract string Describe();

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
    protected static int SumOfWays(ReadOnlySpan<ArrayExpression> expressions)
    {
        long sum = 0;
        foreach (ArrayExpression expression in expressions)
            sum += expression.Ways;
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
