using System.Numerics;

namespace Tessera.Hdf5Format;

/// <summary>
/// How an extensible array is cut into blocks. Data blocks belong to super blocks: super block i has 2^(i/2) of them, of m · 2^((i+1)/2) elements
/// each. The index block stands in for the first super blocks and has the addresses of their data blocks itself.
/// </summary>
/// <example>
/// As the library writes it: 4 elements in the index block, m = 16, and 4 super blocks without a block of their own. Their 1 + 1 + 2 + 2 data
/// blocks have 16, 32, 32, and 64 elements; the first super block of the array is number 4, with 4 data blocks of 64.
/// </example>
internal sealed class ExtensibleArraySizes
{
    private readonly long _smallest;

    /// <summary>Reads the numbers that decide on all others.</summary>
    public ExtensibleArraySizes(ref MetadataReader reader)
    {
        int bits = reader.Byte();
        IndexElements = reader.Byte();
        _smallest = reader.Byte();
        int pointers = reader.Byte(), pageBits = reader.Byte();
        bool powers = BitOperations.IsPow2(_smallest) && BitOperations.IsPow2(pointers);
        if (!powers || bits > 60 || pageBits > 31 || bits < BitOperations.Log2((ulong)_smallest))
        {
            throw reader.Damaged(
                $"an extensible array claims 2^{bits} elements, {_smallest} in a first data block, {pointers} blocks in a first super block, and pages of 2^{pageBits}",
                -5);
        }

        PositionBytes = (bits + 7) / 8;
        PageLength = 1L << pageBits;
        SuperBlocks = 1 + bits - BitOperations.Log2((ulong)_smallest);
        FirstSuperBlock = 2 * BitOperations.Log2((uint)pointers);
        IndexDataBlocks = 2 * (pointers - 1);
        if (FirstSuperBlock > SuperBlocks)
            throw reader.Damaged($"an extensible array has {SuperBlocks} super blocks, and the first {FirstSuperBlock} are in its index block", -5);
    }

    /// <summary>Elements in the index block.</summary>
    public int IndexElements { get; }

    /// <summary>Data blocks to which the index block itself leads.</summary>
    public int IndexDataBlocks { get; }

    /// <summary>All super blocks, those included for which the index block stands in.</summary>
    public int SuperBlocks { get; }

    /// <summary>The first super block that is one.</summary>
    public int FirstSuperBlock { get; }

    /// <summary>Bytes of a position in the array.</summary>
    public int PositionBytes { get; }

    /// <summary>Elements of a page.</summary>
    public long PageLength { get; }

    /// <summary>Data blocks of a super block.</summary>
    public long DataBlocksOf(int superBlock) => 1L << superBlock / 2;

    /// <summary>Elements of each of its data blocks.</summary>
    public long LengthOf(int superBlock) => _smallest << (superBlock + 1) / 2;

    /// <summary>Whether a data block of so many elements is cut into pages.</summary>
    public bool IsPaged(long length) => length > PageLength;
}
