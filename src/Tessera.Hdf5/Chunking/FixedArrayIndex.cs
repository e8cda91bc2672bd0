namespace Tessera.Hdf5Format;

/// <summary>
/// A fixed array of chunks, for datasets with limits along all axes: a header ("FAHD") leads to a data block ("FADB") with an element for each
/// chunk of the largest sizes. Above a certain number the elements are cut into pages, each with a checksum behind it; a bit for each page, from
/// the highest bit of a byte, says whether the page was ever written.
/// </summary>
internal sealed class FixedArrayIndex(FileBytes file, ChunkSearch search)
{
    private const int PrefixWithoutAddress = 6;
    private const int ChecksumBytes = 4;

    public void Read()
    {
        long address = search.Layout.Address;
        MetadataReader reader = file.ReaderAt(address, 8 + file.LengthSize + file.OffsetSize + ChecksumBytes);
        reader.Signature("FAHD", "the header of a fixed array");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"a fixed array has a header of version {version}; there is only version 0", -1);
        byte client = reader.Byte();
        int size = reader.Byte(), pageBits = reader.Byte();
        long count = reader.Length(), block = reader.Offset();
        reader.Checksum("the header of a fixed array");
        if (block == FileBytes.Undefined)
            return; // nothing was written
        if (count != search.Numbers.Positions)
            throw reader.Damaged($"a fixed array has {count} elements, and the dataset's largest sizes make {search.Numbers.Positions} chunks");

        var elements = new ChunkElements(file, address, client, size, search);
        if (count > file.File.Length / size)
            throw reader.Damaged($"a fixed array claims {count} elements of {size} bytes, which is more than the file has");
        bool isPaged = pageBits < 63 && count > 1L << pageBits;
        ReadBlock(block, elements, count, isPaged ? 1L << pageBits : 0);
    }

    private void ReadBlock(long address, ChunkElements elements, long count, long pageLength)
    {
        long pages = pageLength == 0 ? 0 : (count + pageLength - 1) / pageLength;
        long bitmapBytes = (pages + 7) / 8, elementBytes = pages == 0 ? count * elements.Size : 0;
        int prefix = PrefixWithoutAddress + file.OffsetSize;
        byte[] block = file.Read(address, prefix + bitmapBytes + elementBytes + ChecksumBytes);
        var reader = new MetadataReader(file, address, block);
        reader.Signature("FADB", "the data block of a fixed array");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"a fixed array has a data block of version {version}; there is only version 0", -1);
        reader.MoveTo(prefix);
        ReadOnlySpan<byte> bitmap = reader.Bytes((int)bitmapBytes), own = reader.Bytes((int)elementBytes);
        reader.Checksum("the data block of a fixed array");
        if (pages == 0)
            elements.Add(own, 0, address + prefix);
        else
            new ChunkPages(file, search, elements, pageLength).Read(address + block.Length, 0, count, bitmap, 0);
    }
}
