namespace Tessera.Hdf5Format;

/// <summary>The names of an old-style group: one piece of bytes, in which a text is found by its offset and ends at a zero byte.</summary>
internal sealed class LocalHeap
{
    private readonly FileBytes _file;
    private readonly long _dataAddress;
    private readonly byte[] _data;

    private LocalHeap(FileBytes file, long dataAddress, byte[] data) => (_file, _dataAddress, _data) = (file, dataAddress, data);

    /// <summary>Bytes of all texts and the gaps between them: no sound group has names that are longer together.</summary>
    public int Bytes => _data.Length;

    public static LocalHeap Read(FileBytes file, long address)
    {
        MetadataReader reader = file.ReaderAt(address, 8 + 2 * file.LengthSize + file.OffsetSize);
        reader.Signature("HEAP", "a local heap");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"a local heap of version {version} is here; there is only version 0", -1);
        reader.Skip(3);
        long size = reader.Length();
        reader.Length(); // where its free space begins
        long data = reader.Offset();
        return new LocalHeap(file, data, file.Read(data, size));
    }

    /// <summary>The text that begins at an offset.</summary>
    public ReadOnlySpan<byte> Text(long offset)
    {
        if (offset < 0 || offset >= _data.Length)
            throw _file.Damaged(_dataAddress, $"a name should begin at byte {offset} of this local heap, which has {_data.Length} bytes");
        ReadOnlySpan<byte> text = _data.AsSpan((int)offset);
        int end = text.IndexOf((byte)0);
        return end >= 0
            ? text[..end]
            : throw _file.Damaged(_dataAddress + offset, "the name that begins here has no end within its local heap");
    }
}
