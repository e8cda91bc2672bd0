
namespace Tessera.TiffFormat.Tests;

/// <summary>Short ways to open and read in tests.</summary>
internal static class Sources
{
    /// <summary>All pages of the files, whatever their type.</summary>
    public static TiffStackSource Open(params string[] paths)
    {
        IEnumerable<PageDirectory> pages = paths.SelectMany(path => DirectoryReader.Read(new ReadOnlyFile(path, OpenFiles.Shared)).Pages);
        return new TiffStackSource(paths[0], new FrameList(pages.Select(page => new PlaneSet(page.Layout))));
    }

    public static byte[] Read(this IBlockSource source, Region region)
    {
        var bytes = new byte[region.Length * source.ElementType.Size];
        Random.Shared.NextBytes(bytes); // what isn't filled shows
        source.Fill(region, bytes);
        return bytes;
    }

    public static void Fill(this IBlockSource source, Region region, byte[] bytes) => source.Read(region, bytes, TestContext.Current.CancellationToken);

    public static void Put(this IBlockSink sink, Region region, byte[] bytes) => sink.Write(region, bytes, TestContext.Current.CancellationToken);

    public static byte[] ReadAll(this IBlockSource source) => source.Read(new Region(source.Shape));

    /// <summary>The oracle of every region read: the box cut out of the whole array, element by element.</summary>
    public static byte[] Slice(byte[] whole, Shape shape, Region region, int size)
    {
        var slice = new byte[region.Length * size];
        long[] strides = shape.DenseStrides(), index = new long[shape.Rank];
        for (long i = 0; i < region.Length; i++)
        {
            long rest = i, at = 0;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                index[axis] = rest % region.Extent[axis];
                rest /= region.Extent[axis];
                at += (region.Start[axis] + index[axis]) * strides[axis];
            }

            whole.AsSpan((int)at * size, size).CopyTo(slice.AsSpan((int)i * size));
        }

        return slice;
    }

    /// <summary>A box inside a shape; now and then whole along an axis, or of one element.</summary>
    public static Region RandomRegion(Random random, Shape shape)
    {
        long[] start = new long[shape.Rank], size = new long[shape.Rank];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            size[axis] = random.Next(4) == 0 ? shape[axis] : random.NextInt64(1, shape[axis] + 1);
            start[axis] = random.NextInt64(0, shape[axis] - size[axis] + 1);
        }

        return new Region(start, Shape.Create(size));
    }
}
