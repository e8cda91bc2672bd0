using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// Reads little-endian fields one after the other from a piece of metadata, and complains with file and place where the piece ends too early.
/// </summary>
internal ref struct MetadataReader(FileBytes file, long address, ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public FileBytes File => file;

    /// <summary>Where the piece begins in the file.</summary>
    public readonly long Address => address;

    /// <summary>The next byte, counted from the piece's beginning.</summary>
    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>All bytes of the piece, those that were read included.</summary>
    public readonly ReadOnlySpan<byte> Whole => _bytes;

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    /// <summary>An unsigned number of 0 to 8 bytes.</summary>
    public ulong Number(int size)
    {
        ulong value = 0;
        ReadOnlySpan<byte> digits = Bytes(size);
        for (int i = size - 1; i >= 0; i--)
            value = value << 8 | digits[i];
        return value;
    }

    /// <summary>An address of the file's size; <see cref="FileBytes.Undefined"/> where all its bits are set.</summary>
    public long Offset()
    {
        ulong value = Number(file.OffsetSize);
        return value == ulong.MaxValue >> (64 - 8 * file.OffsetSize) ? FileBytes.Undefined : Positive(value);
    }

    /// <summary>A length of the file's size; <see cref="FileBytes.Undefined"/>, which also stands for "unlimited", where all its bits are set.</summary>
    public long Length()
    {
        ulong value = Number(file.LengthSize);
        return value == ulong.MaxValue >> (64 - 8 * file.LengthSize) ? FileBytes.Undefined : Positive(value);
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > Remaining)
            throw Damaged($"{count} more bytes should follow here, and {Remaining} are left of this piece");
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    public void Skip(int count) => Bytes(count);

    /// <summary>Goes to a byte of the piece.</summary>
    public void MoveTo(int position)
    {
        if (position < 0 || position > _bytes.Length)
            throw Damaged($"byte {position} of this piece is referred to, and it has {_bytes.Length}");
        Position = position;
    }

    /// <summary>Four letters that must stand here.</summary>
    public void Signature(string letters, string of)
    {
        ReadOnlySpan<byte> found = Bytes(4);
        for (int i = 0; i < 4; i++)
        {
            if (found[i] != letters[i])
                throw Damaged($"{of} should begin here with \"{letters}\", and what is found is {Convert.ToHexString(found)}", -4);
        }
    }

    /// <summary>A text that ends at a zero byte, or with the piece.</summary>
    public ReadOnlySpan<byte> NulTerminated()
    {
        ReadOnlySpan<byte> rest = _bytes[Position..];
        int end = rest.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? rest : rest[..end];
        Position += end < 0 ? rest.Length : end + 1;
        return text;
    }

    /// <summary>
    /// Compares the checksum that stands here with that of all bytes of the piece before it.
    /// </summary>
    public void Checksum(string of)
    {
        uint computed = Lookup3.Hash(_bytes[..Position]);
        uint stored = UInt32();
        if (stored != computed)
            throw Damaged($"{of} doesn't match its checksum ({stored:X8} is stored, {computed:X8} computed); the file is damaged, or is being written", -4);
    }

    /// <summary>The one form of every complaint, told of the place that was reached.</summary>
    public readonly InvalidDataException Damaged(string what, int from = 0) => file.Damaged(address + Position + from, what);

    private readonly long Positive(ulong value) => value <= long.MaxValue
        ? (long)value
        : throw Damaged($"{value:X} is no address or length that a file can have");
}
