namespace Tessera.Hdf5Format;

/// <summary>
/// Reads boxes that cut through the arrays within elements: whole elements are read, a storage chunk's at a time, and what is wanted of them is copied.
/// </summary>
internal static class InnerAxes
{
    /// <param name="storage">Reads whole elements.</param>
    /// <param name="axes">The sizes of the arrays within elements.</param>
    /// <param name="numberBytes">Of a number in memory.</param>
    /// <param name="region">The box, over the axes of the dataset and those of the arrays.</param>
    /// <param name="destination">Filled with it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static void Read(StorageReader storage, long[] axes, int numberBytes, Region region, Span<byte> destination, CancellationToken cancellation)
    {
        int rank = region.Rank - axes.Length;
        Shape chunk = storage.StorageChunks;
        long[] start = [.. region.Start.ToArray()], at = [.. start[..rank]], inTarget = new long[region.Rank], inPiece = [.. new long[rank], .. start[rank..]];
        while (true)
        {
            long[] sizes = [.. Enumerable.Range(0, rank).Select(axis => Math.Min(region.End(axis), (at[axis] / chunk[axis] + 1) * chunk[axis]) - at[axis])];
            var piece = new Region(at, Shape.Create(sizes));
            Shape whole = Shape.Create([.. sizes, .. axes]), wanted = Shape.Create([.. sizes, .. region.Extent.ToArray()[rank..]]);
            using (var elements = new RentedBytes(Room(whole, numberBytes)))
            {
                storage.Read(piece, elements.Span, cancellation);
                for (int axis = 0; axis < rank; axis++)
                    inTarget[axis] = at[axis] - start[axis];
                BoxCopy.Copy(elements.Span, whole, inPiece, destination, region.Extent, inTarget, wanted, numberBytes);
            }

            int next = rank - 1;
            for (; next >= 0; next--)
            {
                at[next] += sizes[next];
                if (at[next] < region.End(next))
                    break;
                at[next] = start[next];
            }

            if (next < 0)
                return;
        }
    }

    private static int Room(Shape elements, int numberBytes) => elements.Length * numberBytes is var bytes && bytes <= Array.MaxLength
        ? (int)bytes
        : throw new NotSupportedException($"A part of the arrays in elements was to be read, for which {elements} numbers are read at once; up to 2 GB are.");
}
