using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// The blocks of a fractal heap. Managed objects lie in direct blocks ("FHDB"), which are found through indirect ones ("FHIB"); both count
/// offsets from the beginning of the heap's space, headers of direct blocks included. Blocks that were read are kept.
/// </summary>
internal sealed class FractalHeapBlocks(FileBytes file, FractalHeapHeader heap, HeapFilter? unfilter)
{
    /// <summary>Bytes of blocks that are kept before all are forgotten.</summary>
    private const long MostKept = 32 << 20;

    /// <summary>Bytes that one stored byte may become, at most: no filter packs denser, so a damaged size costs no memory.</summary>
    private const long MostExpansion = 1 << 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, byte[]> _kept = [];
    private long _keptBytes;

    /// <summary>An object that begins at an offset of the heap's space.</summary>
    public ReadOnlySpan<byte> Read(long offset, long length)
    {
        (Direct direct, long within) = Find(offset);
        byte[] block = Kept(direct.Address) ?? Keep(direct.Address, ReadDirect(direct));
        return within <= block.Length && length <= block.Length - within
            ? block.AsSpan((int)within, (int)length)
            : throw file.Damaged(direct.Address, $"an object of {length} bytes should be at byte {within} of this block of a fractal heap, which has {block.Length}");
    }

    /// <summary>Undoes the heap's filters.</summary>
    public byte[] Unfilter(byte[] stored, uint mask, long size, long address)
    {
        if (unfilter is null)
            throw new NotSupportedException($"'{file.File.Name}': a fractal heap is filtered, and no filters were given to read it with.");
        if (size < 0 || size > Array.MaxLength || size / MostExpansion > stored.Length)
            throw file.Damaged(address, $"{stored.Length} bytes of a filtered fractal heap should become {size}, which no filter does");
        try
        {
            byte[] bytes = unfilter(heap.Pipeline, stored, mask, (int)size);
            return bytes.Length == size
                ? bytes
                : throw file.Damaged(address, $"a piece of a filtered fractal heap should become {size} bytes, and became {bytes.Length}");
        }
        catch (FilterException damage)
        {
            throw file.Damaged(address, $"a piece of a filtered fractal heap can't be read: {damage.Message}", damage);
        }
    }

    private (Direct Block, long Within) Find(long offset)
    {
        if (heap.RootRows == 0)
            return (new Direct(heap.Root, heap.BlockSize(0), heap.FilteredRootBytes, heap.RootFilterMask), offset);

        (long address, int rows) = (heap.Root, heap.RootRows);
        while (true)
        {
            int row = heap.RowOf(offset);
            if (row >= rows)
                throw file.Damaged(address, $"an object should begin at byte {offset} behind this block of a fractal heap, which has {rows} rows");
            long start = heap.RowStart(row), size = heap.BlockSize(row);
            long column = (offset - start) / size;
            offset -= start + column * size;
            byte[] block = Kept(address) ?? Keep(address, ReadIndirect(address, rows));
            Direct child = Entry(block, address, row, column, size);
            if (row < heap.DirectRows)
                return (child, offset);
            (address, rows) = (child.Address, heap.RowsWithin(row)); // fewer rows than before, so this ends
        }
    }

    /// <summary>An entry of an indirect block: first those of direct blocks, with size and mask where they are filtered, then the indirect ones.</summary>
    private Direct Entry(byte[] block, long address, int row, long column, long size)
    {
        bool filtered = heap.Pipeline.Length > 0;
        int directSize = file.OffsetSize + (filtered ? file.LengthSize + 4 : 0);
        long directs = (long)Math.Min(row, heap.DirectRows) * heap.Width, indirects = (long)Math.Max(0, row - heap.DirectRows) * heap.Width;
        bool isDirect = row < heap.DirectRows;
        long at = HeaderBytes + (directs + (isDirect ? column : 0)) * directSize + (indirects + (isDirect ? 0 : column)) * file.OffsetSize;
        var reader = new MetadataReader(file, address, block);
        reader.MoveTo((int)at);
        long child = reader.Offset();
        return isDirect && filtered ? new Direct(child, size, reader.Length(), reader.UInt32()) : new Direct(child, size, 0, 0);
    }

    private byte[] ReadIndirect(long address, int rows)
    {
        int directSize = file.OffsetSize + (heap.Pipeline.Length > 0 ? file.LengthSize + 4 : 0);
        long entries = (long)Math.Min(rows, heap.DirectRows) * heap.Width * directSize + (long)Math.Max(0, rows - heap.DirectRows) * heap.Width * file.OffsetSize;
        byte[] block = file.Read(address, HeaderBytes + entries + 4);
        var reader = new MetadataReader(file, address, block);
        ReadHeader(ref reader, "FHIB");
        reader.MoveTo(block.Length - 4);
        reader.Checksum("an indirect block of a fractal heap");
        return block;
    }

    private byte[] ReadDirect(Direct direct)
    {
        (long address, long size, long stored, uint mask) = direct;
        byte[] block = heap.Pipeline.Length == 0 ? file.Read(address, size) : Unfilter(file.Read(address, stored), mask, size, address);
        var reader = new MetadataReader(file, address, block);
        ReadHeader(ref reader, "FHDB");
        if (heap.ChecksBlocks)
            RequireChecksum(block, address);
        return block;
    }

    /// <summary>A direct block's checksum covers all of it, with zeros where the checksum itself is.</summary>
    private void RequireChecksum(byte[] block, long address)
    {
        int at = HeaderBytes;
        if (block.Length < at + 4)
            throw file.Damaged(address, $"a direct block of a fractal heap has {block.Length} bytes, which its header alone exceeds");
        Span<byte> field = block.AsSpan(at, 4);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(field);
        field.Clear();
        uint computed = Lookup3.Hash(block);
        if (stored != computed)
        {
            throw file.Damaged(
                address,
                $"a direct block of a fractal heap doesn't match its checksum ({stored:X8} is stored, {computed:X8} computed); the file is damaged, or is being written");
        }
    }

    private void ReadHeader(ref MetadataReader reader, string signature)
    {
        reader.Signature(signature, "a block of a fractal heap");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"a block of a fractal heap has version {version}; there is only version 0", -1);
        if (reader.Offset() != heap.Address)
            throw reader.Damaged("a block of a fractal heap belongs to another heap", -file.OffsetSize);
    }

    /// <summary>Signature, version, the heap's address, and the block's offset in the heap's space; a direct block may have a checksum behind.</summary>
    private int HeaderBytes => 5 + file.OffsetSize + heap.OffsetBytes;

    private byte[]? Kept(long address)
    {
        lock (_lock)
            return _kept.GetValueOrDefault(address);
    }

    private byte[] Keep(long address, byte[] block)
    {
        lock (_lock)
        {
            if (_keptBytes + block.Length > MostKept)
            {
                _kept.Clear();
                _keptBytes = 0;
            }

            if (_kept.TryAdd(address, block))
                _keptBytes += block.Length;
        }

        return block;
    }

    /// <summary>Where a block lies, its size without filters, and, where there are filters, its bytes as stored and which filters were left out.</summary>
    private readonly record struct Direct(long Address, long Size, long Stored, uint FilterMask);
}
