using Tessera.Storage;

namespace Tessera;

public static partial class ChunkedArray
{
    /// <summary>An array over rows of one length, which are copied: <c>ChunkedArray.From([[1.0, 2.0], [3.0, 4.0]])</c>.</summary>
    /// <exception cref="ArgumentException">A row is null or of another length than the first, or the chunks don't fit the shape.</exception>
    /// <exception cref="NotSupportedException">There are no arrays of <typeparamref name="T"/>.</exception>
    public static ChunkedArray<T> From<T>(T[][] elements, Chunks chunks = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(elements);
        int columns = LengthOfEach("Row", elements, row => row?.Length);
        return OfCopy([.. elements.SelectMany(row => row)], [elements.Length, columns], chunks);
    }

    /// <summary>An array over planes of rows of one length, which are copied.</summary>
    /// <exception cref="ArgumentException">A plane or a row is null or of another length than the first, or the chunks don't fit the shape.</exception>
    /// <exception cref="NotSupportedException">There are no arrays of <typeparamref name="T"/>.</exception>
    public static ChunkedArray<T> From<T>(T[][][] elements, Chunks chunks = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(elements);
        int rows = LengthOfEach("Plane", elements, plane => plane?.Length);
        T[][] all = [.. elements.SelectMany(plane => plane)];
        int columns = LengthOfEach("Row", all, row => row?.Length);
        return OfCopy([.. all.SelectMany(row => row)], [elements.Length, rows, columns], chunks);
    }

    private static ChunkedArray<T> OfCopy<T>(T[] elements, Shape shape, Chunks chunks)
        where T : unmanaged => Over<T>(PinnedMemory.Of(elements, ElementTypes.Of<T>(), shape), chunks);

    private static int LengthOfEach<T>(string what, T[] elements, Func<T, int?> lengthOf)
    {
        int? first = elements.Length == 0 ? 0 : lengthOf(elements[0]);
        int odd = Array.FindIndex(elements, element => lengthOf(element) is not { } length || length != first);
        return odd < 0
            ? first!.Value
            : throw new ArgumentException(
                lengthOf(elements[odd]) is { } length
                    ? $"{what} {odd} has the length {length} and {what.ToLowerInvariant()} 0 has {first}; all of an array's have one length."
                    : $"{what} {odd} is null; give an array for each, all of one length.",
                nameof(elements));
    }
}
