namespace Tessera.Hdf5Format;

/// <summary>The elements of a dataset as .NET objects, whatever their type: all of its bytes are read, and then turned into values.</summary>
internal static class RawElements
{
    private const long MostBytes = 256L << 20;

    public static object? Value(FileStructure structure, DatasetHeader header, FilterPipeline filters, string path, bool asBytes)
    {
        if (header.Space.Shape is not { } shape)
            return null;
        long bytes = shape.Length * header.Type.Size;
        if (bytes > MostBytes)
        {
            throw new NotSupportedException(
                $"'{path}' in '{structure.File.Name}' has {shape} elements of {header.Type.Size} bytes; as objects up to {MostBytes >> 20} MB are read. Numbers are read as an array, with Array<T>().");
        }

        // The sources of a virtual dataset may have numbers of other types, which become elements as in an array.
        NumberFormat format = header is { Layout: MappedLayout, Type.Format: { } numbers } ? numbers : NumberFormat.Raw(header.Type.Size);
        var stored = new byte[shape.Length * format.Width];
        if (bytes > 0)
            StorageReader.Of(structure, header, shape, format, filters).Read(new Region(shape), stored, CancellationToken.None);
        return new ValueReader(structure, asBytes).Read(format == header.Type.Format ? InMemory(header.Type, format.ElementType) : header.Type, shape, stored);
    }

    /// <summary>The type of elements as they are in memory.</summary>
    private static Hdf5Type InMemory(Hdf5Type type, ElementType element) => element switch
    {
        ElementType.Boolean => type,
        ElementType.Single => new Hdf5Type(Hdf5TypeKind.Float, 4) { Bits = NumberBits.Single },
        ElementType.Double => new Hdf5Type(Hdf5TypeKind.Float, 8) { Bits = NumberBits.Double },
        _ => new Hdf5Type(Hdf5TypeKind.Integer, element.Size)
        {
            IsSigned = element is ElementType.SByte or ElementType.Int16 or ElementType.Int32 or ElementType.Int64,
            Bits = new NumberBits(0, 8 * element.Size),
        },
    };
}
