namespace Tessera.Kernels;

/// <summary>
/// Rows that are folded into one state: the inputs of the kernel at the first row, how far each moves from row to row, and where the
/// first value stands among all that the state reduces.
/// </summary>
internal readonly ref struct RowSet
{
    /// <summary>Address of each input at the first row.</summary>
    public required ReadOnlySpan<nint> Addresses { get; init; }

    /// <summary>Bytes from one row to the next, for each input.</summary>
    public required ReadOnlySpan<long> RowStrides { get; init; }

    /// <summary>Bytes from one element to the next, for each input: its element size, or 0 for a scalar.</summary>
    public required ReadOnlySpan<long> Strides { get; init; }

    /// <summary>Number of rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Elements of a row.</summary>
    public required long Length { get; init; }

    /// <summary>Values that the state has taken in before.</summary>
    public required long Folded { get; init; }

    /// <summary>Index, among all values, of the first.</summary>
    public required long Index { get; init; }

    /// <summary>From a row's first index to the next row's.</summary>
    public required long IndexRowStride { get; init; }

    /// <summary>From a value's index to its neighbour's.</summary>
    public required long IndexStride { get; init; }

    /// <summary>Fills in the addresses of the inputs at an element of a row.</summary>
    public void Locate(long row, long element, Span<nint> addresses)
    {
        for (int i = 0; i < Addresses.Length; i++)
            addresses[i] = Addresses[i] + (nint)(row * RowStrides[i] + element * Strides[i]);
    }
}

/// <summary>Folds whole rows of values into one state. Immutable, and used by many threads at once.</summary>
internal abstract class RowFold
{
    /// <summary>
    /// Values after which the lanes are emptied into the state: few enough that plain sums within a lane lose less than NumPy's pairwise
    /// sums, and that a second pass over them is served from the first cache.
    /// </summary>
    protected const long Piece = 4096;

    /// <param name="rows">What is folded.</param>
    /// <param name="state">Address of each component of the state.</param>
    public abstract void Fold(in RowSet rows, ReadOnlySpan<nint> state);
}
