using Tessera.Expressions;

namespace Tessera;

/// <summary>
/// A lazy array of <typeparamref name="T"/>, cut into chunks. It says what its elements are; only <c>Compute</c>, <c>Persist</c> and
/// <c>Save</c> make them, in parallel, a few blocks in memory at a time. Immutable: every operation gives a new array, at once.
/// </summary>
/// <typeparam name="T">
/// bool, sbyte, byte, short, ushort, int, uint, long, ulong, float or double. Between different types write <see cref="Cast{TResult}"/>;
/// nothing is promoted silently.
/// </typeparam>
public partial class ChunkedArray<T>
    where T : unmanaged
{
    internal ChunkedArray(ArrayExpression expression)
    {
        if (expression.ElementType != ElementTypes.Of<T>())
            throw new ArgumentException($"An expression of {expression.ElementType.Name} can't be an array of {ElementTypes.Of<T>().Name}.", nameof(expression));
        Expression = expression;
    }

    /// <summary>Sizes along the axes, outermost first; of rank 0 for a single element.</summary>
    public Shape Shape => Expression.Shape;

    /// <summary>How the array is cut, axis by axis.</summary>
    public ChunkGrid Chunks => Expression.Chunks;

    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Number of elements.</summary>
    public long Length => Shape.Length;

    /// <summary>Bytes that all elements would take.</summary>
    public long Bytes => checked(Length * ElementType.Size);

    /// <summary>The type of an element.</summary>
    public ElementType ElementType => Expression.ElementType;

    internal ArrayExpression Expression { get; }
}
