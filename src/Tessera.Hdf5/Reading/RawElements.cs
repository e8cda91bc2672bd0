namespace Tessera.Hdf5Format;

/// <summary>
/// The elements of a dataset as .NET objects, whatever their type, or a part of each: all of its bytes are read, and then turned into values.
/// </summary>
internal static class RawElements
{
    private const long MostBytes = 256L << 20;

    public static object? Value(FileStructure structure, DatasetHeader header, FilterPipeline filters, string path, ElementPart? part, bool asBytes)
    {
        if (header.Space.Shape is not { } shape)
            return null;
        Hdf5Type type = part?.Type ?? header.Type;
        NumberFormat raw = NumberFormat.Raw(type.Size);
        raw = part is null ? raw : raw.Within(part.Place);
        long bytes = shape.Length * raw.Width;
        if (bytes > MostBytes)
        {
            throw new NotSupportedException(
                $"'{path}' in '{structure.File.Name}' has {shape} elements of {raw.Width} bytes; as objects up to {MostBytes >> 20} MB are read. Numbers, and members of compounds that are numbers, are read as arrays, with Array<T>().");
        }

        // The sources of a virtual dataset may have numbers of other types, which become elements as in an array.
        if (part is null && header is { Layout: MappedLayout, Type.Format: { } numbers })
            (raw, type) = (numbers, InMemory(type, numbers.ElementType));
        var stored = new byte[shape.Length * raw.Width];
        if (bytes > 0)
            StorageReader.Of(structure, header, shape, raw, filters).Read(new Region(shape), stored, CancellationToken.None);
        return new ValueReader(structure, asBytes).Read(type, part is null ? shape : Shape.Create([.. shape, .. part.Axes]), stored);
    }

    /// <summary>The type of elements as they are in memory.</summary>
    private static Hdf5Type InMemory(Hdf5Type type, ElementType element) => element switch
    {
        ElementType.Boolean => type,
        ElementType.Half => new Hdf5Type(Hdf5TypeKind.Float, 2) { Bits = NumberBits.Half },
        ElementType.Single => new Hdf5Type(Hdf5TypeKind.Float, 4) { Bits = NumberBits.Single },
        ElementType.Double => new Hdf5Type(Hdf5TypeKind.Float, 8) { Bits = NumberBits.Double },
        { IsInteger: true } => new Hdf5Type(Hdf5TypeKind.Integer, element.Size) { IsSigned = !element.IsUnsigned, Bits = new NumberBits(0, 8 * element.Size) },
        _ => throw new NotSupportedException($"Elements of type {element.Name} have no type of HDF5's."),
    };
}
