using System.Buffers;
using System.Buffers.Binary;

namespace Tessera.TiffFormat;

/// <summary>
/// Reads the small scattered values of headers through a buffer of a few kilobytes, so that a one-page file costs one or two system calls.
/// </summary>
internal sealed class HeaderWindow(ReadOnlyFile file) : IDisposable
{
    private const int UsualSize = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualSize);
    private long _start;
    private int _count;

    /// <summary>The file that is looked at.</summary>
    public ReadOnlyFile File => file;

    /// <summary>True for files that begin with MM.</summary>
    public bool IsBigEndian { get; set; }

    /// <summary><paramref name="count"/> bytes from <paramref name="offset"/> on; valid until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, int count)
    {
        if (offset >= _start && offset <= _start + _count - count)
            return _buffer.AsSpan((int)(offset - _start), count);

        file.Require(offset, count);
        int size = (int)Math.Min(Math.Max(count, UsualSize), file.Length - offset);
        if (size > _buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(size);
        }

        _count = 0; // nothing valid while the read may still fail
        file.Read(_buffer.AsSpan(0, size), offset);
        (_start, _count) = (offset, size);
        return _buffer.AsSpan(0, count);
    }

    /// <summary>The 16-bit number at an offset.</summary>
    public ushort UInt16(long offset) => (ushort)Unsigned(offset, 2);

    /// <summary>An unsigned number of 1, 2, 4 or 8 bytes, in the file's byte order. Over 2^63 - 1 it is damage: no count or offset is that large.</summary>
    public long Unsigned(long offset, int size)
    {
        long value = Decode(Bytes(offset, size), size);
        return value >= 0 ? value : throw file.Damaged(offset, $"the number {(ulong)value} is past any offset or count that a file can have");
    }

    /// <summary>Reads a table of numbers whole, in pieces.</summary>
    public long[] Table(long offset, int size, long count)
    {
        file.Require(offset, checked(size * count));
        var values = new long[count];
        int piece = UsualSize / size;
        for (long done = 0; done < count; done += piece)
        {
            int some = (int)Math.Min(piece, count - done);
            ReadOnlySpan<byte> bytes = Bytes(offset + done * size, some * size);
            for (int i = 0; i < some; i++)
                values[done + i] = Decode(bytes[(i * size)..], size);
        }

        return values;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private long Decode(ReadOnlySpan<byte> bytes, int size) => (size, IsBigEndian) switch
    {
        (1, _) => bytes[0],
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
    };
}
