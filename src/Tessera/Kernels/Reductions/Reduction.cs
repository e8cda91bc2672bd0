using System.Collections.Immutable;

namespace Tessera.Kernels;

/// <summary>One array of a reduction's state: its type, and the element (in the low bytes) that it begins with.</summary>
internal sealed record StateComponent(ElementType Type, long IdentityBits);

/// <summary>
/// A reduction, as data and small programs: what a state holds, how a value enters it, how two states become one, and what comes out.
/// A state is one array per component, an element for each element of the result.
/// <code>
/// variance of 3, 5, 10:   state (mean, M2), begun as (0, 0)
///     fold 3   (3, 0)     fold 5   (4, 2)     fold 10   (6, 26)     finish, ddof 0   26 / 3
/// </code>
/// </summary>
internal abstract record Reduction
{
    /// <summary>"sum", "max", …</summary>
    public abstract string Name { get; }

    /// <summary>What the values are cast to before they are folded.</summary>
    public abstract ElementType ValueType { get; }

    public abstract ElementType ResultType { get; }

    public abstract ImmutableArray<StateComponent> State { get; }

    /// <summary>False where an empty reduction has no answer (a minimum).</summary>
    public virtual bool HasIdentity => true;

    /// <summary>Bytes of state for one element of the result.</summary>
    public int StateBytes => State.Sum(component => component.Type.Size);

    /// <summary>What the cell holds that <see cref="FoldColumns"/> is given, or null where it needs none.</summary>
    public virtual ElementType? CellType => null;

    /// <summary>
    /// Lets one row of values enter a row of states, element by element.
    /// </summary>
    /// <param name="program">Where the nodes go.</param>
    /// <param name="value">The values.</param>
    /// <param name="state">The components.</param>
    /// <param name="cell">By <see cref="CellType"/>: double, one over the number of values folded with this one; long, the index of the value.</param>
    /// <returns>The components afterwards.</returns>
    public abstract int[] FoldColumns(KernelProgramBuilder program, int value, ReadOnlySpan<int> state, int cell);

    /// <summary>Joins state b, made from the elements after those of a, into a: one stored output per component.</summary>
    /// <param name="program">Where the nodes go.</param>
    /// <param name="a">The components of the earlier state.</param>
    /// <param name="b">The components of the later state.</param>
    /// <param name="share">Double scalar: b's part of all values, nb / (na + nb).</param>
    /// <param name="spread">Double scalar: na nb / (na + nb).</param>
    public abstract void Merge(KernelProgramBuilder program, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int share, int spread);

    /// <summary>What <see cref="Finish"/> is given as the count, for a state that took in <paramref name="count"/> values.</summary>
    public virtual double FinishingCount(long count) => count;

    /// <summary>The result from a state; <paramref name="count"/> is a double scalar, <see cref="FinishingCount"/>.</summary>
    public abstract int Finish(KernelProgramBuilder program, ReadOnlySpan<int> state, int count);

    /// <summary>The way to fold whole rows into single states. <paramref name="fuse"/> makes a kernel that ends in the given outputs.</summary>
    public abstract RowFold Rows(FuseRows fuse);

    protected static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}

/// <summary>Makes a kernel of the values to be reduced; <paramref name="end"/> gets the builder and the node of the values, and adds outputs.</summary>
internal delegate Kernel FuseRows(Action<KernelProgramBuilder, int> end);
