using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>Reads whole numbers of any number of bits from a stream whose first bit is the highest of its first byte.</summary>
internal ref struct HighBits(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _position;

    /// <summary>The next number, of 0 to 64 bits. Who reads has checked that there are so many.</summary>
    public ulong Read(int count)
    {
        if (count > 32)
            return Read(count - 32) << 32 | Read(32);
        if (count == 0)
            return 0;
        int at = (int)(_position >> 3), bit = (int)_position & 7;
        _position += count;
        ulong window = _bytes.Length - at >= 8 ? BinaryPrimitives.ReadUInt64BigEndian(_bytes[at..]) : Last(at);
        return window << bit >> (64 - count);
    }

    private readonly ulong Last(int at)
    {
        ulong window = 0;
        for (int i = 0; i < 8; i++)
            window = window << 8 | (at + i < _bytes.Length ? _bytes[at + i] : 0u);
        return window;
    }
}
