namespace Tessera.Hdf5Format;

/// <summary>
/// An extensible array of chunks, for datasets that grow without end along one axis. The header ("EAHD") leads to an index block ("EAIB"), which
/// has the first few elements, then the addresses of the first data blocks ("EADB"), then those of super blocks ("EASB"), which have the
/// addresses of further data blocks. See <see cref="ExtensibleArraySizes"/> for how many there are of each.
/// </summary>
internal sealed class ExtensibleArrayIndex
{
    private const int ChecksumBytes = 4;

    private readonly FileBytes _file;
    private readonly ChunkSearch _search;
    private readonly ExtensibleArraySizes _sizes;
    private readonly ChunkElements _elements;
    private readonly ChunkPages _pages;
    private readonly NodeVisits _visits;

    private ExtensibleArrayIndex(FileBytes file, ChunkSearch search, ExtensibleArraySizes sizes, ChunkElements elements)
    {
        (_file, _search, _sizes, _elements) = (file, search, sizes, elements);
        _pages = new ChunkPages(file, search, elements, sizes.PageLength);
        _visits = new NodeVisits(file);
    }

    /// <summary>Signature, version, kind of elements, and the header's address.</summary>
    private int Prefix => 6 + _file.OffsetSize;

    public static void Read(FileBytes file, ChunkSearch search)
    {
        long address = search.Layout.Address;
        MetadataReader reader = file.ReaderAt(address, 12 + 6 * file.LengthSize + file.OffsetSize + ChecksumBytes);
        reader.Signature("EAHD", "the header of an extensible array");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"an extensible array has a header of version {version}; there is only version 0", -1);
        byte client = reader.Byte();
        int size = reader.Byte();
        var sizes = new ExtensibleArraySizes(ref reader);
        reader.Skip(6 * file.LengthSize); // how many blocks and elements there are by now
        long block = reader.Offset();
        reader.Checksum("the header of an extensible array");
        if (block != FileBytes.Undefined) // else nothing was written
            new ExtensibleArrayIndex(file, search, sizes, new ChunkElements(file, address, client, size, search)).ReadIndexBlock(block);
    }

    private void ReadIndexBlock(long address)
    {
        int elementBytes = _sizes.IndexElements * _elements.Size;
        long bytes = Prefix + elementBytes + (_sizes.IndexDataBlocks + (long)_sizes.SuperBlocks - _sizes.FirstSuperBlock) * _file.OffsetSize + ChecksumBytes;
        _visits.Enter(address, bytes, "the index block of an extensible array");
        MetadataReader reader = Open(address, bytes, "EAIB", "the index block of an extensible array");
        _elements.Add(reader.Bytes(elementBytes), 0, address + Prefix);

        long position = _sizes.IndexElements;
        for (int i = 0; i < _sizes.FirstSuperBlock; i++)
        {
            for (long j = 0; j < _sizes.DataBlocksOf(i); j++, position += _sizes.LengthOf(i))
                ReadDataBlock(reader.Offset(), position, _sizes.LengthOf(i));
        }

        for (int i = _sizes.FirstSuperBlock; i < _sizes.SuperBlocks; i++)
        {
            ReadSuperBlock(reader.Offset(), position, i);
            position += _sizes.DataBlocksOf(i) * _sizes.LengthOf(i);
        }
    }

    private void ReadSuperBlock(long address, long position, int number)
    {
        if (address == FileBytes.Undefined)
            return;

        long blocks = _sizes.DataBlocksOf(number), length = _sizes.LengthOf(number);
        long bitmapBytes = _sizes.IsPaged(length) ? (length / _sizes.PageLength + 7) / 8 : 0;
        if (blocks > _file.File.Length || bitmapBytes > _file.File.Length / blocks)
            throw _file.Damaged(address, $"a super block of an extensible array should have {blocks} data blocks of {length} elements; the file has no room for them");

        long bytes = Prefix + _sizes.PositionBytes + blocks * (bitmapBytes + _file.OffsetSize) + ChecksumBytes;
        _visits.Enter(address, bytes, "a super block of an extensible array");

        MetadataReader reader = Open(address, bytes, "EASB", "a super block of an extensible array");
        reader.Skip(_sizes.PositionBytes);
        ReadOnlySpan<byte> written = reader.Bytes((int)(blocks * bitmapBytes)); // whole bytes a block, though the bits of all blocks lie side by side
        for (int i = 0; i < blocks; i++, position += length)
        {
            long block = reader.Offset();
            if (bitmapBytes == 0)
                ReadDataBlock(block, position, length);
            else
                ReadPagedBlock(block, position, length, written, firstBit: i * (length / _sizes.PageLength));
        }
    }

    private void ReadDataBlock(long address, long position, long length)
    {
        if (address == FileBytes.Undefined)
            return;

        if (_sizes.IsPaged(length) || length > _file.File.Length)
            throw _file.Damaged(address, $"a data block of an extensible array should have {length} elements, where pages have {_sizes.PageLength}");
        int elementsAt = Prefix + _sizes.PositionBytes;
        long elementBytes = length * _elements.Size, bytes = elementsAt + elementBytes + ChecksumBytes;
        _visits.Enter(address, bytes, "a data block of an extensible array");
        MetadataReader reader = Open(address, bytes, "EADB", "a data block of an extensible array");
        reader.Skip(_sizes.PositionBytes);
        _elements.Add(reader.Bytes((int)elementBytes), position, address + elementsAt);
    }

    /// <summary>A data block of pages begins like one without, and its checksum comes before the pages, which have their own.</summary>
    private void ReadPagedBlock(long address, long position, long length, ReadOnlySpan<byte> written, long firstBit)
    {
        if (address == FileBytes.Undefined)
            return;

        long header = Prefix + _sizes.PositionBytes + ChecksumBytes;
        if (length > _file.File.Length)
            throw _file.Damaged(address, $"a data block of an extensible array should have {length} elements, which is more than the file has room for");
        _visits.Enter(address, header + length * _elements.Size, "a data block of an extensible array");
        Open(address, header, "EADB", "a data block of an extensible array");
        _pages.Read(address + header, position, length, written, firstBit);
    }

    /// <summary>Reads a block of the array, checks it, and goes to what is behind its prefix.</summary>
    private MetadataReader Open(long address, long bytes, string signature, string what)
    {
        _search.Cancellation.ThrowIfCancellationRequested();
        MetadataReader reader = _file.ReaderAt(address, bytes);
        reader.Signature(signature, what);
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"{what} has version {version}; there is only version 0", -1);
        reader.MoveTo(reader.Whole.Length - ChecksumBytes);
        reader.Checksum(what);
        reader.MoveTo(Prefix);
        return reader;
    }
}
