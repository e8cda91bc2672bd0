namespace Tessera.Hdf5Format;

/// <summary>
/// The names of an old-style group: one piece of bytes, in which a text is found by its offset and ends at a zero byte. All of it is read at once, or, to look
/// for a few names, a piece for each.
/// </summary>
internal sealed class LocalHeap
{
    private readonly FileBytes _file;
    private readonly long _dataAddress;
    private readonly byte[]? _data;

    private LocalHeap(FileBytes file, long dataAddress, long bytes, byte[]? data) => (_file, _dataAddress, Bytes, _data) = (file, dataAddress, bytes, data);

    /// <summary>Bytes of all texts and the gaps between them: no sound group has names that are longer together.</summary>
    public long Bytes { get; }

    public static LocalHeap Read(FileBytes file, long address)
    {
        LocalHeap heap = Open(file, address);
        return new LocalHeap(file, heap._dataAddress, heap.Bytes, file.Read(heap._dataAddress, heap.Bytes));
    }

    /// <summary>The heap without its texts, which are read one by one.</summary>
    public static LocalHeap Open(FileBytes file, long address)
    {
        MetadataReader reader = file.ReaderAt(address, 8 + 2 * file.LengthSize + file.OffsetSize);
        reader.Signature("HEAP", "a local heap");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"a local heap of version {version} is here; there is only version 0", -1);
        reader.Skip(3);
        long size = reader.Length();
        reader.Length(); // where its free space begins
        long data = reader.Offset();
        file.Require(data, size);
        return new LocalHeap(file, data, size, null);
    }

    /// <summary>The text that begins at an offset.</summary>
    public ReadOnlySpan<byte> Text(long offset)
    {
        if (offset < 0 || offset >= Bytes)
            throw _file.Damaged(_dataAddress, $"a name should begin at byte {offset} of this local heap, which has {Bytes} bytes");
        const int usual = 64;
        for (long length = _data is null ? usual : Bytes; ; length *= 8)
        {
            bool isRest = length >= Bytes - offset;
            ReadOnlySpan<byte> text = _data is null ? _file.Read(_dataAddress + offset, isRest ? Bytes - offset : length) : _data.AsSpan((int)offset);
            int end = text.IndexOf((byte)0);
            if (end >= 0)
                return text[..end];
            if (isRest)
                throw _file.Damaged(_dataAddress + offset, "the name that begins here has no end within its local heap");
        }
    }
}
