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
        if (header.Layout is ForeignLayout foreign)
            throw new NotSupportedException($"'{path}' in '{structure.File.Name}' is {foreign.What}; such datasets are listed, not read.");
        Hdf5Type type = part?.Type ?? header.Type;
        NumberFormat raw = NumberFormat.Raw(type.Size);
        raw = part is null ? raw : raw.Within(part.Place);
        long bytes = shape.Length * raw.Width;
        if (bytes > MostBytes)
        {
            throw new NotSupportedException(
                $"'{path}' in '{structure.File.Name}' has {shape} elements of {raw.Width} bytes; as objects up to {MostBytes >> 20} MB are read. Numbers, and members of compounds that are numbers, are read as arrays, with Array<T>().");
        }

        var stored = new byte[bytes];
        if (bytes > 0)
            StorageReader.Of(structure.Bytes, header, shape, raw, filters).Read(new Region(shape), stored, CancellationToken.None);
        return new ValueReader(structure, asBytes).Read(type, part is null ? shape : Shape.Create([.. shape, .. part.Axes]), stored);
    }
}
