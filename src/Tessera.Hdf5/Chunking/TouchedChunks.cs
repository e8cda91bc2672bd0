namespace Tessera.Hdf5Format;

/// <summary>Which chunks a region has elements of: a region of the chunk grid.</summary>
internal static class TouchedChunks
{
    /// <param name="region">A box of elements.</param>
    /// <param name="chunk">The sizes of a chunk.</param>
    /// <param name="origin">Where the array of the region begins among the chunks; at 0 when left out.</param>
    public static Region Of(Region region, Shape chunk, ReadOnlySpan<long> origin = default)
    {
        Span<long> first = stackalloc long[region.Rank], count = stackalloc long[region.Rank];
        for (int axis = 0; axis < region.Rank; axis++)
        {
            long start = region.Start[axis] + (origin.IsEmpty ? 0 : origin[axis]), size = region.Extent[axis];
            first[axis] = start / chunk[axis];
            count[axis] = size == 0 ? 0 : ((start + size - 1) / chunk[axis]) - first[axis] + 1;
        }

        return new Region(first, Shape.Create(count));
    }
}
