namespace Tessera.Hdf5Format;

/// <summary>
/// A fractal heap: the links and attributes of objects that have many, or large ones. An object is found by an ID, whose first byte tells its
/// kind: managed objects lie in the heap's blocks, huge ones on their own, and tiny ones in the ID itself. Any number of threads may read.
/// </summary>
internal sealed class FractalHeap
{
    private const int LongestShortTiny = 18;

    private readonly FileBytes _file;
    private readonly FractalHeapHeader _header;
    private readonly FractalHeapBlocks _blocks;
    private readonly Lazy<Dictionary<ulong, Huge>> _huge;

    private FractalHeap(FileBytes file, long address, HeapFilter? unfilter)
    {
        _file = file;
        _header = new FractalHeapHeader(file, address);
        _blocks = new FractalHeapBlocks(file, _header, unfilter);
        _huge = new Lazy<Dictionary<ulong, Huge>>(FindHuge, LazyThreadSafetyMode.PublicationOnly);
    }

    private bool IsFiltered => _header.Pipeline.Length > 0;

    /// <summary>
    /// Reads the header of a heap; its blocks are read as objects in them are asked for. The few heaps that are filtered can't be read without
    /// what undoes that.
    /// </summary>
    public static FractalHeap Read(FileBytes file, long address, HeapFilter? unfilter = null) => new(file, address, unfilter);

    /// <summary>An object by its ID.</summary>
    /// <exception cref="NotSupportedException">The heap is filtered, and nothing was given to undo that.</exception>
    public byte[] Read(ReadOnlySpan<byte> heapId)
    {
        if (heapId.Length < _header.IdLength)
            throw _file.Damaged(_header.Address, $"IDs of this fractal heap have {_header.IdLength} bytes, and one of {heapId.Length} refers to it");

        var id = new MetadataReader(_file, _header.Address, heapId[.._header.IdLength]);
        byte first = id.Byte();
        return (first >> 6, first >> 4 & 3) switch
        {
            (0, 0) => Managed(ref id),
            (0, 1) => ReadHuge(ref id),
            (0, 2) => Tiny(first, ref id),
            _ => throw _file.Damaged(_header.Address, $"an ID of this fractal heap begins with the byte {first:X2}, which no kind of object has"),
        };
    }

    private byte[] Managed(ref MetadataReader id)
    {
        ulong offset = id.Number(_header.OffsetBytes), length = id.Number(_header.LengthBytes);
        return offset <= long.MaxValue && length <= int.MaxValue
            ? _blocks.Read((long)offset, (long)length).ToArray()
            : throw _file.Damaged(_header.Address, $"an ID of this fractal heap leads to {length} bytes at byte {offset}");
    }

    /// <summary>A tiny object's length, less one, is in the 4 low bits of the first byte; where IDs are long, in these and the second byte.</summary>
    private byte[] Tiny(byte first, ref MetadataReader id)
    {
        int length = first & 15;
        if (_header.IdLength > LongestShortTiny)
            length = length << 8 | id.Byte();
        return id.Bytes(length + 1).ToArray();
    }

    /// <summary>A huge object's ID holds its place where there is room for that, else the number under which a B-tree has it.</summary>
    private byte[] ReadHuge(ref MetadataReader id)
    {
        int room = _header.IdLength - 1, o = _file.OffsetSize, l = _file.LengthSize;
        Huge huge;
        if (room >= (IsFiltered ? o + l + 4 + l : o + l))
            huge = Place(ref id);
        else
        {
            ulong number = id.Number(Math.Min(room, 8));
            if (!_huge.Value.TryGetValue(number, out huge))
                throw _file.Damaged(_header.Address, $"huge object {number} of this fractal heap is referred to, and there is none of that number");
        }

        byte[] stored = _file.Read(huge.Address, huge.Bytes);
        return IsFiltered ? _blocks.Unfilter(stored, huge.FilterMask, huge.Size, huge.Address) : stored;
    }

    /// <summary>All huge objects by their numbers: the B-tree's records (types 1 and 2) are a place and the number.</summary>
    private Dictionary<ulong, Huge> FindHuge()
    {
        var found = new Dictionary<ulong, Huge>();
        foreach (ReadOnlyMemory<byte> record in BTree2.Records(_file, _header.HugeObjects, (byte)(IsFiltered ? 2 : 1)))
        {
            var reader = new MetadataReader(_file, _header.HugeObjects, record.Span);
            Huge huge = Place(ref reader);
            found[reader.Number(_file.LengthSize)] = huge;
        }

        return found;
    }

    private Huge Place(ref MetadataReader reader)
    {
        (long address, long bytes) = (reader.Offset(), reader.Length());
        return IsFiltered ? new Huge(address, bytes, reader.UInt32(), reader.Length()) : new Huge(address, bytes, 0, bytes);
    }

    /// <summary>Where a huge object lies, its bytes as stored, which filters were left out, and its bytes without filters.</summary>
    private readonly record struct Huge(long Address, long Bytes, uint FilterMask, long Size);
}
