namespace Tessera.Tests.PlainExecution;

/// <summary>Places of elements in what lies dense in C order.</summary>
internal static class Places
{
    /// <summary>Where an index stands in a region, in C order.</summary>
    public static long Of(ReadOnlySpan<long> index, Region region)
    {
        long place = 0;
        for (int axis = 0; axis < index.Length; axis++)
            place = (place * region.Extent[axis]) + index[axis] - region.Start[axis];
        return place;
    }
}
