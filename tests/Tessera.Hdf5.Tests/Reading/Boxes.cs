namespace Tessera.Hdf5Format.Tests;

/// <summary>Boxes of arrays, read and cut out.</summary>
internal static class Boxes
{
    public static byte[] Read(this IBlockSource source, Region region)
    {
        var bytes = new byte[region.Length * source.ElementType.Size];
        new Random(bytes.Length).NextBytes(bytes); // what isn't filled shows
        source.Read(region, bytes, TestContext.Current.CancellationToken);
        return bytes;
    }

    public static byte[] ReadAll(this IBlockSource source) => source.Read(new Region(source.Shape));

    /// <summary>The oracle of every region read: the box cut out of the whole array, element by element.</summary>
    public static byte[] Slice(byte[] whole, Shape shape, Region region, int size)
    {
        var slice = new byte[region.Length * size];
        for (long i = 0; i < region.Length; i++)
        {
            (long rest, long at, long stride) = (i, 0, 1);
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                at += (region.Start[axis] + rest % region.Extent[axis]) * stride;
                rest /= region.Extent[axis];
                stride *= shape[axis];
            }

            whole.AsSpan((int)at * size, size).CopyTo(slice.AsSpan((int)i * size));
        }

        return slice;
    }

    /// <summary>A box inside a shape; now and then whole along an axis, or of one element.</summary>
    public static Region Random(Random random, Shape shape)
    {
        long[] start = new long[shape.Rank], size = new long[shape.Rank];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            size[axis] = shape[axis] == 0 || random.Next(4) == 0 ? shape[axis] : random.NextInt64(1, shape[axis] + 1);
            start[axis] = random.NextInt64(0, shape[axis] - size[axis] + 1);
        }

        return new Region(start, Shape.Create(size));
    }
}
