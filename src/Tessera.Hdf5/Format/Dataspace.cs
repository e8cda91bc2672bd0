namespace Tessera.Hdf5Format;

/// <summary>The sizes of a dataset or an attribute.</summary>
/// <param name="Shape">The sizes now; rank 0 is a single element. Null for a null dataspace, which has no elements and no shape.</param>
/// <param name="Most">How far each axis may grow; null is without limit.</param>
internal sealed record Dataspace(Shape? Shape, long?[] Most)
{
    private const int MostAxes = 32;

    public static Dataspace Read(MetadataReader reader)
    {
        byte version = reader.Byte();
        int rank = reader.Byte();
        byte flags = reader.Byte();
        byte kind = reader.Byte(); // of version 2: scalar, simple, null
        if (version is not (1 or 2))
            throw reader.Damaged($"a dataspace has the version {version}; 1 and 2 are read", -4);
        if (version == 1)
            reader.Skip(4);
        if (version == 2 && kind == 2)
            return new Dataspace(null, []);
        if (rank > MostAxes)
            throw reader.Damaged($"{rank} axes are stated; an HDF5 dataset has at most {MostAxes}");

        var (sizes, most) = (new long[rank], new long?[rank]);
        for (int axis = 0; axis < rank; axis++)
            sizes[axis] = reader.Length();
        for (int axis = 0; axis < rank; axis++)
        {
            long limit = (flags & 1) != 0 ? reader.Length() : sizes[axis];
            most[axis] = limit == FileBytes.Undefined ? null : limit;
        }

        return new Dataspace(ShapeOf(sizes, reader), most);
    }

    /// <summary>A shape whose elements can be counted; a damaged file may state any sizes.</summary>
    private static Shape ShapeOf(long[] sizes, MetadataReader reader)
    {
        long length = 1;
        foreach (long size in sizes)
        {
            if (size < 0 || (size > 0 && length > long.MaxValue / 16 / size))
                throw reader.Damaged($"the sizes ({string.Join(", ", sizes)}) are stated, more elements than any file holds");
            length *= Math.Max(size, 1);
        }

        return Tessera.Shape.Create(sizes);
    }
}
