namespace Tessera.Hdf5Format;

/// <summary>The elements of a dataset as .NET objects, whatever their type: all of its bytes are read, and then turned into values.</summary>
internal static class RawElements
{
    private const long MostBytes = 256L << 20;

    public static object? Value(FileStructure structure, DatasetHeader header, FilterPipeline filters, string path, bool asBytes)
    {
        if (header.Space.Shape is not { } shape)
            return null;
        if (header.Layout is ForeignLayout foreign)
            throw new NotSupportedException($"'{path}' in '{structure.File.Name}' is {foreign.What}; such datasets are listed, not read.");
        long bytes = shape.Length * header.Type.Size;
        if (bytes > MostBytes)
        {
            throw new NotSupportedException(
                $"'{path}' in '{structure.File.Name}' has {shape} elements of {header.Type.Size} bytes; as objects up to {MostBytes >> 20} MB are read. Numbers are read as an array, with Array<T>().");
        }

        var stored = new byte[bytes];
        if (bytes > 0)
            StorageReader.Of(structure.Bytes, header, shape, NumberFormat.Raw(header.Type.Size), filters).Read(new Region(shape), stored, CancellationToken.None);
        return new ValueReader(structure, asBytes).Read(header.Type, shape, stored);
    }
}
