namespace Tessera.Hdf5Format;

/// <summary>Messages that many objects have in common, kept once for the file in heaps, one for each group of message kinds.</summary>
internal sealed class SharedMessages
{
    private readonly FileBytes _file;
    private readonly List<(ushort Kinds, long Address, FractalHeap Heap)> _heaps = [];

    private SharedMessages(FileBytes file) => _file = file;

    /// <param name="file">The file.</param>
    /// <param name="extension">The header of the superblock's extension, which says where the table of shared messages is.</param>
    public static SharedMessages Read(FileBytes file, long extension)
    {
        var shared = new SharedMessages(file);
        if (extension == FileBytes.Undefined || ObjectHeader.Read(file, extension).Find(MessageKind.SharedMessageTable) is not { } message)
            return shared;

        MetadataReader place = message.Reader(file);
        place.Skip(1); // version
        long address = place.Offset();
        int count = place.Byte();
        MetadataReader table = file.ReaderAt(address, 4 + count * (14L + 2 * file.OffsetSize) + 4);
        table.Signature("SMTB", "the table of shared messages");
        for (int i = 0; i < count; i++)
        {
            table.Skip(2); // version and kind of index
            ushort kinds = table.UInt16();
            table.Skip(10); // sizes and counts
            table.Offset(); // the index itself serves writers
            long heap = table.Offset();
            if (heap != FileBytes.Undefined)
                shared._heaps.Add((kinds, heap, FractalHeap.Read(file, heap, HeapFilters.Of(file))));
        }

        table.Checksum("the table of shared messages");
        return shared;
    }

    public MetadataReader Find(MessageKind kind, ReadOnlySpan<byte> id)
    {
        foreach ((ushort kinds, long address, FractalHeap heap) in _heaps)
        {
            if ((kinds >> (int)kind & 1) != 0)
                return new MetadataReader(_file, address, heap.Read(id));
        }

        throw _file.Damaged(FileBytes.Undefined, $"a shared message ({kind}) is referred to, and the file has no heap of such");
    }
}
