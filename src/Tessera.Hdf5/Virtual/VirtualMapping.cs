namespace Tessera.Hdf5Format;

/// <summary>One statement of a virtual dataset: these elements of it are those of another dataset.</summary>
/// <param name="File">The other dataset's file; "." is the same one.</param>
/// <param name="Dataset">Its path there, in the exact spelling (see <see cref="FileName"/>).</param>
/// <param name="Source">Which of its elements.</param>
/// <param name="Target">Which elements of the virtual dataset they become.</param>
internal sealed record VirtualMapping(string File, string Dataset, Selection Source, Selection Target)
{
    /// <summary>All statements of a virtual dataset, which lie as one object of the global heap.</summary>
    public static List<VirtualMapping> Read(FileStructure structure, VirtualLayout layout)
    {
        var mappings = new List<VirtualMapping>();
        if (layout.Heap == FileBytes.Undefined)
            return mappings;
        var reader = new MetadataReader(structure.Bytes, layout.Heap, structure.GlobalHeap.Read(layout.Heap, layout.Index).Span);
        byte version = reader.Byte();
        if (version != 0)
            throw reader.Damaged($"the sources of a virtual dataset have the version {version}; 0 is read", -1);
        long count = reader.Length();
        const int Least = 2 + 2 * 16; // two names and two selections
        if (count < 0 || count > reader.Remaining / Least)
            throw reader.Damaged($"a virtual dataset claims {count} sources, and {reader.Remaining} bytes are left to state them");
        for (long i = 0; i < count; i++)
        {
            string file = FileText.Decode(reader.NulTerminated()), dataset = FileName.ExactPath(reader.NulTerminated());
            if (file.Length == 0 || dataset.Length == 0)
                throw reader.Damaged($"source {i} of a virtual dataset has no name");
            Selection source = SelectionMessage.Read(ref reader), target = SelectionMessage.Read(ref reader);
            mappings.Add(new VirtualMapping(file, dataset, source, target));
        }

        reader.Checksum("the list of the sources of a virtual dataset");
        return mappings;
    }
}
