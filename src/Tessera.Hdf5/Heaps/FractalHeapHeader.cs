using System.Numerics;

namespace Tessera.Hdf5Format;

/// <summary>
/// The header of a fractal heap ("FRHP"): how IDs are put together, and how the heap's space is cut into blocks. Rows of blocks follow each
/// other, each of <see cref="Width"/> blocks. The blocks of rows 0 and 1 have the starting size, and each later row's are twice those of the row
/// before. Up to the largest direct size blocks hold objects; larger ones are indirect and are cut in the same way.
/// </summary>
internal sealed class FractalHeapHeader
{
    private const int MostRows = 63;
    private readonly long _startSize;
    private readonly long _mostDirect;

    public FractalHeapHeader(FileBytes file, long address)
    {
        int o = file.OffsetSize, l = file.LengthSize;
        Address = address;
        byte[] fixedPart = file.Read(address, 26 + 3 * o + 12 * l);
        int filterBytes = fixedPart[7] | fixedPart[8] << 8;
        MetadataReader reader = file.ReaderAt(address, fixedPart.Length + (filterBytes > 0 ? l + 4 + filterBytes : 0));
        reader.Signature("FRHP", "the header of a fractal heap");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"a fractal heap has a header of version {version}; there is only version 0", -1);
        IdLength = reader.UInt16();
        reader.Skip(2); // the bytes of the filters, which are known
        ChecksBlocks = (reader.Byte() & 2) != 0;
        uint mostManaged = reader.UInt32();
        reader.Skip(l); // the next huge object's number
        HugeObjects = reader.Offset();
        reader.Skip(o + 9 * l); // free space, and how much there is of everything
        Width = reader.UInt16();
        _startSize = reader.Length();
        _mostDirect = reader.Length();
        int bits = reader.UInt16();
        reader.Skip(2); // rows of a first indirect block
        Root = reader.Offset();
        RootRows = reader.UInt16();
        if (filterBytes > 0)
        {
            FilteredRootBytes = reader.Length();
            RootFilterMask = reader.UInt32();
            Pipeline = reader.Bytes(filterBytes).ToArray();
        }

        reader.Checksum("the header of a fractal heap");
        Require(file, bits);
        OffsetBytes = (bits + 7) / 8;
        LengthBytes = Math.Min((BitOperations.Log2((ulong)_mostDirect) + 7) / 8, BitOperations.Log2(Math.Max(1, mostManaged)) / 8 + 1);
        DirectRows = BitOperations.Log2((ulong)(_mostDirect / _startSize)) + 2;
    }

    public long Address { get; }

    /// <summary>Bytes of an ID.</summary>
    public int IdLength { get; }

    /// <summary>Whether blocks that hold objects have checksums; all else has them.</summary>
    public bool ChecksBlocks { get; }

    /// <summary>The version 2 B-tree that finds huge objects.</summary>
    public long HugeObjects { get; }

    /// <summary>Blocks in a row.</summary>
    public int Width { get; }

    /// <summary>The first rows, whose blocks hold objects.</summary>
    public int DirectRows { get; }

    /// <summary>Bytes of an offset in the heap's space.</summary>
    public int OffsetBytes { get; }

    /// <summary>Bytes of a managed object's length in its ID.</summary>
    public int LengthBytes { get; }

    /// <summary>The block at the top: one that holds objects where it has no rows, else an indirect one.</summary>
    public long Root { get; }

    public int RootRows { get; }

    /// <summary>The filters that all blocks of objects and huge objects pass, as a filter pipeline message; empty without any.</summary>
    public ReadOnlyMemory<byte> Pipeline { get; }

    /// <summary>Where there are filters and the root holds objects: its bytes as stored.</summary>
    public long FilteredRootBytes { get; }

    public uint RootFilterMask { get; }

    /// <summary>Bytes of a block of a row, as they are without filters.</summary>
    public long BlockSize(int row) => row == 0 ? _startSize : _startSize << (row - 1);

    /// <summary>Where a row begins within its indirect block.</summary>
    public long RowStart(int row) => row == 0 ? 0 : Width * BlockSize(row);

    /// <summary>The row that an offset within an indirect block falls into.</summary>
    public int RowOf(long offset) => offset < Width * _startSize ? 0 : BitOperations.Log2((ulong)(offset / (Width * _startSize))) + 1;

    /// <summary>Rows of an indirect block that lies in a row.</summary>
    public int RowsWithin(int row) => BitOperations.Log2((ulong)BlockSize(row)) - BitOperations.Log2((ulong)(Width * _startSize)) + 1;

    private void Require(FileBytes file, int bits)
    {
        bool powers = _mostDirect >= _startSize && BitOperations.IsPow2(_startSize) && BitOperations.IsPow2(_mostDirect) && BitOperations.IsPow2(Width);
        if (!powers || _mostDirect > int.MaxValue || bits is < 1 or > 63 || RootRows > MostRows || IdLength < 2)
        {
            throw file.Damaged(
                Address,
                $"a fractal heap claims blocks of {_startSize} to {_mostDirect} bytes, {RootRows} rows of {Width}, {bits} bits of space, and IDs of {IdLength} bytes");
        }
    }
}
