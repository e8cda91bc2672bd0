using Tessera.Geometry;

namespace Tessera.Executors;

/// <summary>Where the elements of a region lie in memory: the address of the first, and the bytes from one to its neighbour along each axis.</summary>
internal readonly record struct Tile(nint Address, long[] Strides)
{
    /// <summary>Elements that lie dense in C order.</summary>
    public static Tile Dense(nint address, Shape extent, ElementType type) => new(address, DenseStrides(extent, type));

    public static long[] DenseStrides(Shape extent, ElementType type)
    {
        long[] strides = extent.DenseStrides();
        for (int axis = 0; axis < strides.Length; axis++)
            strides[axis] *= type.Size;
        return strides;
    }

    /// <summary>True where a box of this extent lies dense in C order; axes of size 1 don't matter.</summary>
    public bool IsDense(Shape extent, ElementType type)
    {
        long expected = type.Size;
        for (int axis = extent.Rank - 1; axis >= 0; axis--)
        {
            if (extent[axis] > 1 && Strides[axis] != expected)
                return false;
            expected *= extent[axis];
        }

        return true;
    }

    /// <summary>The same layout from another element on.</summary>
    public Tile At(ReadOnlySpan<long> index)
    {
        long offset = 0;
        for (int axis = 0; axis < Strides.Length; axis++)
            offset += index[axis] * Strides[axis];
        return this with { Address = Address + (nint)offset };
    }

    /// <summary>This tile of a box, as the map shows it to a region of its view.</summary>
    public Tile Through(IndexMap map, Region region, Region box)
    {
        var strides = new long[region.Rank];
        long offset = 0;
        for (int axis = 0; axis < box.Rank; axis++)
        {
            AxisMap along = map.Axes[axis];
            long first = along.Axis < 0 ? along.Offset : along.Offset + (along.Step * region.Start[along.Axis]);
            offset += (first - box.Start[axis]) * Strides[axis];
            if (along.Axis >= 0)
                strides[along.Axis] += along.Step * Strides[axis];
        }

        return new Tile(Address + (nint)(region.Length == 0 ? 0 : offset), strides);
    }
}
