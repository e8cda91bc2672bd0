namespace Tessera.Hdf5Format;

/// <summary>
/// Pages of elements, as large data blocks of fixed and extensible arrays have them: one behind the other, each with a checksum at its end, and
/// bits elsewhere, one a page from the highest of a byte on, that say which were written.
/// </summary>
internal sealed class ChunkPages(FileBytes file, ChunkSearch search, ChunkElements elements, long pageLength)
{
    private const int ChecksumBytes = 4;
    private byte[] _page = [];

    /// <summary>Takes the elements of all pages that were written.</summary>
    /// <param name="address">Where the first page begins.</param>
    /// <param name="position">The position in the array of its first element.</param>
    /// <param name="count">Elements of all pages; the last one may have fewer than the others.</param>
    /// <param name="written">The bits.</param>
    /// <param name="firstBit">The bit of the first page.</param>
    public void Read(long address, long position, long count, ReadOnlySpan<byte> written, long firstBit)
    {
        long end = position + count;
        for (long bit = firstBit; position < end; bit++)
        {
            search.Cancellation.ThrowIfCancellationRequested();
            long length = Math.Min(pageLength, end - position), bytes = length * elements.Size + ChecksumBytes;
            if ((written[(int)(bit / 8)] & 0x80 >> (int)(bit % 8)) != 0)
                ReadPage(address, bytes, position);
            address += bytes;
            position += length;
        }
    }

    private void ReadPage(long address, long bytes, long position)
    {
        file.Require(address, bytes);
        if (bytes > Array.MaxLength)
            throw file.Damaged(address, $"a page of an index of chunks claims {bytes} bytes, which is more than is read at once");
        if (_page.Length < bytes)
            _page = GC.AllocateUninitializedArray<byte>((int)bytes);
        Span<byte> page = _page.AsSpan(0, (int)bytes);
        file.Read(address, page);
        var reader = new MetadataReader(file, address, page);
        ReadOnlySpan<byte> own = reader.Bytes(page.Length - ChecksumBytes);
        reader.Checksum("a page of an index of chunks");
        elements.Add(own, position, address);
    }
}
