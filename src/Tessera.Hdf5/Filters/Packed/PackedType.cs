namespace Tessera.Hdf5Format;

/// <summary>
/// What the n-bit filter's parameters say of a type. Each begins with its class: 1 is a number (size, byte order, used bits, the lowest of them),
/// 2 an array (size, element type), 3 a record (size, number of members, then offset and type of each), 4 bytes that are kept as they are (size).
/// A record of one 32-bit number of which the lowest 11 bits are used: <c>3, 4, 1, 0, 1, 4, 0, 11, 0</c>.
/// </summary>
internal abstract class PackedType
{
    // Types in types in files are few; without a bound, damaged parameters could nest them until the stack ends.
    private const int MostDepth = 32;

    /// <summary>Bytes of an element when it is unpacked.</summary>
    public int Size { get; private init; }

    /// <summary>Bits of an element when it is packed, 1 at least: so damaged parameters can't ask for more work than there are bits.</summary>
    public long Bits { get; private init; }

    /// <summary>Reads a type; null if the parameters are none.</summary>
    public static PackedType? Parse(ReadOnlySpan<uint> parameters, ref int next, int depth)
    {
        ReadOnlySpan<uint> rest = parameters[next..];
        if (rest.Length < 2 || depth > MostDepth || rest[1] is 0 or > int.MaxValue)
            return null;
        int size = (int)rest[1];
        next += 2;
        switch (rest[0])
        {
            case 1 when rest.Length >= 5:
                next += 3;
                return Number.Create(size, rest[2], rest[3], rest[4]);
            case 2:
                return Parse(parameters, ref next, depth + 1) is { } element && size >= element.Size ? new Repeated(size, element) : null;
            case 3 when rest.Length >= 3 && rest[2] <= (uint)parameters.Length:
                next++;
                return ParseRecord(parameters, ref next, depth, size, (int)rest[2]);
            case 4:
                return new Untouched(size);
            default:
                return null;
        }
    }

    /// <summary>Puts the element that comes next into its bytes, which are zero.</summary>
    public abstract void Unpack(ref HighBits bits, Span<byte> element);

    private static Fields? ParseRecord(ReadOnlySpan<uint> parameters, ref int next, int depth, int size, int count)
    {
        var members = new (int Offset, PackedType Type)[count];
        for (int i = 0; i < count; i++)
        {
            if (next >= parameters.Length)
                return null;
            uint offset = parameters[next++];
            if (Parse(parameters, ref next, depth + 1) is not { } type || offset + (long)type.Size > size)
                return null;
            members[i] = ((int)offset, type);
        }

        return count > 0 ? new Fields(size, members) : null;
    }

    /// <summary>A number of which some bits are used, stored from the highest on.</summary>
    private sealed class Number(bool bigEndian, int used, int lowest) : PackedType
    {
        public static Number? Create(int size, uint order, uint used, uint lowest) =>
            order > 1 || used == 0 || used + (ulong)lowest > (ulong)size * 8 ? null : new(order == 1, (int)used, (int)lowest) { Size = size, Bits = used };

        public override void Unpack(ref HighBits bits, Span<byte> element)
        {
            int end = used + lowest;
            for (int significance = (end - 1) / 8; significance >= lowest / 8; significance--)
            {
                int first = significance * 8, low = Math.Max(lowest - first, 0), high = Math.Min(end - first, 8);
                element[bigEndian ? element.Length - 1 - significance : significance] = (byte)(bits.Read(high - low) << low);
            }
        }
    }

    /// <summary>An array.</summary>
    private sealed class Repeated : PackedType
    {
        private readonly PackedType _element;
        private readonly int _count;

        public Repeated(int size, PackedType element)
        {
            (_element, _count) = (element, size / element.Size);
            (Size, Bits) = (size, element.Bits * _count);
        }

        public override void Unpack(ref HighBits bits, Span<byte> element)
        {
            for (int i = 0; i < _count; i++)
                _element.Unpack(ref bits, element.Slice(i * _element.Size, _element.Size));
        }
    }

    /// <summary>A record, whose members may leave bytes between them.</summary>
    private sealed class Fields : PackedType
    {
        private readonly (int Offset, PackedType Type)[] _members;

        public Fields(int size, (int Offset, PackedType Type)[] members)
        {
            _members = members;
            (Size, Bits) = (size, members.Sum(member => member.Type.Bits));
        }

        public override void Unpack(ref HighBits bits, Span<byte> element)
        {
            foreach ((int offset, PackedType type) in _members)
                type.Unpack(ref bits, element.Slice(offset, type.Size));
        }
    }

    /// <summary>Bytes that aren't numbers, such as text.</summary>
    private sealed class Untouched : PackedType
    {
        public Untouched(int size) => (Size, Bits) = (size, size * 8L);

        public override void Unpack(ref HighBits bits, Span<byte> element)
        {
            foreach (ref byte part in element)
                part = (byte)bits.Read(8);
        }
    }
}
