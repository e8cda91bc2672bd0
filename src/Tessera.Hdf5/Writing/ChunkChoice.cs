namespace Tessera.Hdf5Format;

/// <summary>
/// Chooses the sizes of storage chunks where the user doesn't. Chunks come near 1 MB, which a disk reads in one go and a filter handles in the
/// cache, and an array's own chunk holds a whole number of them or is a whole part of one, so that blocks need no cutting across.
/// <code>
/// ushort (1000, 2048, 2048), chunks (1, 2048, 2048)   →   (1, 512, 1024)
/// float (200, 512, 512), in one chunk                 →   (13, 128, 128)
/// float (1000, 1000), chunks (10, 100)                →   (260, 1000)
/// </code>
/// </summary>
internal static class ChunkChoice
{
    private const long TargetBytes = 1 << 20;

    /// <summary>How much longer an axis before the last two counts when the longest is cut: frames are asked for one by one more often than pixels.</summary>
    private const long WeightOfFrames = 8;

    /// <summary>How far an axis without limit is thought to grow.</summary>
    private const long UsualGrowth = 1024;

    /// <param name="shape">Of the array.</param>
    /// <param name="elementBytes">Bytes of an element.</param>
    /// <param name="grid">The array's chunks, if it has any that matter.</param>
    /// <param name="most">How far the dataset may grow; null entries without limit.</param>
    public static Shape Of(Shape shape, int elementBytes, ChunkGrid? grid, IReadOnlyList<long?>? most)
    {
        var axes = new Axis[shape.Rank];
        for (int i = 0; i < axes.Length; i++)
            axes[i] = new Axis(shape[i], i < axes.Length - 2 ? WeightOfFrames : 1, grid?[i], most is null ? shape[i] : most[i] ?? Math.Max(shape[i], UsualGrowth));

        long bytes = axes.Aggregate((long)elementBytes, (product, axis) => product > TargetBytes ? product : product * axis.Size);
        if (bytes > TargetBytes)
            Shrink(axes, elementBytes);
        else
            Grow(axes, bytes);
        return [.. axes.Select(axis => axis.Size)];
    }

    /// <summary>The sizes of pieces that lie in one stretch of the file each: the inner axes whole.</summary>
    public static Shape Slabs(Shape shape, int elementBytes)
    {
        var sizes = new long[shape.Rank];
        long room = TargetBytes / elementBytes;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            sizes[axis] = Math.Clamp(room, 1, Math.Max(1, shape[axis]));
            room /= sizes[axis] < shape[axis] ? long.MaxValue : sizes[axis];
        }

        return Shape.Create(sizes);
    }

    /// <summary>Cuts the longest axis again and again, so that a chunk is about as long along rows and columns, with fewer frames, and any order of reading finds it of use.</summary>
    private static void Shrink(Axis[] axes, int elementBytes)
    {
        while (axes.Aggregate((Int128)elementBytes, (product, axis) => product * axis.Size) > TargetBytes)
        {
            Axis[] cuttable = [.. axes.Where(axis => axis.Size > 1).OrderByDescending(axis => axis.Size * axis.Weight)];
            Axis longest = cuttable.FirstOrDefault(axis => axis.Smaller >= axis.Size / 8) ?? cuttable[0]; // the parts of a prime are single elements
            longest.Size = longest.Smaller;
        }
    }

    /// <summary>Takes several of the array's chunks together, along the inner axes first.</summary>
    private static void Grow(Axis[] axes, long bytes)
    {
        foreach (Axis axis in axes.Reverse())
        {
            long others = bytes / axis.Size, step = axis.IsFree ? 1 : axis.Size;
            axis.Size = Math.Clamp(TargetBytes / others / step * step, axis.Size, Math.Max(axis.Size, axis.Most));
            bytes = others * axis.Size;
            if (bytes > TargetBytes / 2)
                return;
        }
    }

    private sealed class Axis
    {
        private readonly long _unit; // what sizes divide or are a multiple of; 0 where any cut will do

        public Axis(long length, long weight, AxisGrid? grid, long most)
        {
            Weight = weight;
            Most = Math.Max(1, most);
            if (grid is { Count: > 1 })
            {
                for (int i = 0; i < grid.Count - 1; i++)
                    _unit = (long)System.Numerics.BigInteger.GreatestCommonDivisor(_unit, grid[i]);
                Size = _unit;
            }
            else
            {
                Size = length == 0 ? 1 : length;
            }
        }

        /// <summary>True where the array's chunks don't cut the axis.</summary>
        public bool IsFree => _unit == 0;

        public long Weight { get; }

        /// <summary>How long a chunk may be.</summary>
        public long Most { get; }

        public long Size { get; set; }

        /// <summary>At most half the size.</summary>
        public long Smaller
        {
            get
            {
                if (_unit == 0)
                    return (Size + 1) / 2;
                long parts = 2;
                while (Size % parts != 0)
                    parts++;
                return Size / parts;
            }
        }
    }
}
