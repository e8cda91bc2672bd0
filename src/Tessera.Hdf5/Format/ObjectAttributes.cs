namespace Tessera.Hdf5Format;

/// <summary>The attributes of an object: messages of its header, or, of many or large ones, objects of a heap with a B-tree beside it.</summary>
internal static class ObjectAttributes
{
    private const byte AttributesByName = 8;

    public static List<AttributeMessage> Read(FileStructure structure, ObjectHeader header)
    {
        var attributes = new List<AttributeMessage>();
        foreach (HeaderMessage message in header.Messages)
        {
            if (message.Kind == MessageKind.Attribute)
                attributes.Add(AttributeMessage.Read(structure, structure.Reader(message)));
            else if (message.Kind == MessageKind.AttributeTable)
                ReadTable(structure, message.Reader(header.File), attributes);
        }

        FileName[] names = FileName.Distinct([.. attributes.Select(attribute => attribute.Name)]);
        return [.. attributes.Select((attribute, i) => attribute with { Name = names[i] }).OrderBy(attribute => attribute.Name.Text, StringComparer.Ordinal)];
    }

    private static void ReadTable(FileStructure structure, MetadataReader reader, List<AttributeMessage> attributes)
    {
        byte version = reader.Byte();
        if (version != 0)
            throw reader.Damaged($"the attributes of an object have the version {version}; 0 is read", -1);
        byte flags = reader.Byte();
        if ((flags & 1) != 0)
            reader.Skip(2); // the highest number in the order in which they were made
        (long heap, long tree) = (reader.Offset(), reader.Offset());
        if (heap == FileBytes.Undefined || tree == FileBytes.Undefined)
            return;

        FractalHeap bodies = FractalHeap.Read(reader.File, heap, HeapFilters.Of(reader.File));
        foreach (ReadOnlyMemory<byte> record in BTree2.Records(reader.File, tree, AttributesByName))
        {
            ReadOnlySpan<byte> id = record.Span[..8];
            bool isShared = (record.Span[8] & 2) != 0;
            attributes.Add(AttributeMessage.Read(structure, isShared
                ? structure.FromSharedHeap(MessageKind.Attribute, id)
                : new MetadataReader(reader.File, heap, bodies.Read(id))));
        }
    }
}
