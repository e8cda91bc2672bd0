namespace Tessera.Hdf5Format;

/// <summary>All that a header says about a dataset.</summary>
/// <param name="Space">Its sizes.</param>
/// <param name="Type">Of an element.</param>
/// <param name="Layout">Where the elements lie.</param>
/// <param name="Filters">What chunks pass on their way into the file.</param>
/// <param name="Fill">The bytes of an element that was never written; empty for zeros.</param>
internal sealed record DatasetHeader(Dataspace Space, Hdf5Type Type, StorageLayout Layout, IReadOnlyList<FilterSpec> Filters, byte[] Fill)
{
    public static bool IsDataset(ObjectHeader header) => header.Find(MessageKind.Layout) is not null;

    public static DatasetHeader Read(FileStructure structure, ObjectHeader header)
    {
        Dataspace space = Dataspace.Read(structure.Reader(Require(header, MessageKind.Dataspace)));
        MetadataReader typeReader = structure.Reader(Require(header, MessageKind.Datatype));
        Hdf5Type type = DatatypeMessage.Read(ref typeReader);
        if (space.Shape is { } sizes && sizes.Length > long.MaxValue / type.Size)
            throw header.File.Damaged(header.Address, $"{sizes} elements of {type.Size} bytes are stated, more than any file holds");
        HeaderMessage layout = Require(header, MessageKind.Layout);
        StorageLayout storage = header.Find(MessageKind.ExternalFiles) is { } files
            ? ExternalFilesMessage.Read(structure.Reader(files))
            : LayoutMessage.Read(structure.Reader(layout), space.Shape ?? Shape.Create([0]), type.Size);
        if (storage is ChunkedLayout chunked)
            storage = chunked with { MaxSizes = [.. space.Most.Select(most => most ?? FileBytes.Undefined)] };
        return new DatasetHeader(space, type, storage, Pipeline(structure, header), FillOf(structure, header, type));
    }

    /// <summary>The same, of a virtual dataset with its sources and the sizes that depend on them.</summary>
    /// <param name="structure">Its file.</param>
    /// <param name="chain">The virtual datasets that led to it.</param>
    public DatasetHeader Resolved(FileStructure structure, string[] chain)
    {
        if (Layout is not VirtualLayout || Space.Shape is null)
            return this;
        VirtualMap map = VirtualMap.Read(structure, this, chain);
        return this with { Space = Space with { Shape = map.Shape }, Layout = new MappedLayout(map) };
    }

    private static HeaderMessage Require(ObjectHeader header, MessageKind kind) => header.Find(kind)
        ?? throw header.File.Damaged(header.Address, $"the header of a dataset lacks what is said of it ({kind})");

    private static IReadOnlyList<FilterSpec> Pipeline(FileStructure structure, ObjectHeader header) =>
        header.Find(MessageKind.FilterPipeline) is { } message ? FilterMessage.Read(structure.Reader(message)) : [];

    private static byte[] FillOf(FileStructure structure, ObjectHeader header, Hdf5Type type)
    {
        HeaderMessage? message = header.Find(MessageKind.FillValue) ?? header.Find(MessageKind.OldFillValue);
        if (message is null)
            return [];
        byte[] value = FillValueMessage.Read(structure.Reader(message), message.Kind);
        return value.Length == 0 || value.Length == type.Size
            ? value
            : throw header.File.Damaged(message.Address, $"the fill value has {value.Length} bytes, and an element {type.Size}");
    }
}
