using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// The LZF format of Marc Lehmann. A control byte below 32 is followed by that many literals and one more; any other has a length in its upper
/// three bits (7: a byte to add follows) and, with the byte behind, a distance of 13 bits. Length + 2 bytes are copied from distance + 1 before.
/// </summary>
internal static class Lzf
{
    /// <summary>How many literals a control byte announces at most.</summary>
    public const int MostLiterals = 32;

    private const int MostDistance = 1 << 13;
    private const int MostLength = 264;
    private const int LeastLength = 3;

    /// <summary>Behind half a chunk of noise, as shuffled bytes begin with, what can be encoded must still be found: steps stay far below distances.</summary>
    private const int MostSkipped = 15;

    /// <summary>Decodes to the end of the source; gives the number of bytes, and what was wrong if something was.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination, out string? fault)
    {
        int at = 0, to = 0;
        while (at < source.Length)
        {
            int control = source[at++];
            if (control < MostLiterals)
            {
                int count = control + 1;
                if (count > source.Length - at || count > destination.Length - to)
                    return Stop(to, count > source.Length - at, out fault);
                if (source.Length - at >= MostLiterals && destination.Length - to >= MostLiterals)
                    source.Slice(at, MostLiterals).CopyTo(destination[to..]); // of one size, which is faster; what is too much is written over
                else
                    source.Slice(at, count).CopyTo(destination[to..]);
                at += count;
                to += count;
                continue;
            }

            int length = (control >> 5) + 2, rest = control >= 7 << 5 ? 2 : 1;
            if (rest > source.Length - at)
                return Stop(to, true, out fault);
            if (rest == 2)
                length += source[at++];
            int distance = ((control & 0x1F) << 8 | source[at++]) + 1;
            if (distance > to)
                return Refuse(to, $"byte {at} of them refers to {distance} bytes before, and {to} were decoded", out fault);
            if (length > destination.Length - to)
                return Stop(to, false, out fault);
            BackReference.Copy(destination, to, distance, length);
            to += length;
        }

        fault = null;
        return to;
    }

    /// <summary>
    /// Encodes greedily. Whether three bytes were seen before is looked up in a table of the last places by a hash; the further the last
    /// hit lies behind, the larger are the steps, up to a limit, so that noise passes quickly.
    /// </summary>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int bits = Math.Clamp(int.Log2(source.Length | 1), 8, 15);
        int[] rented = ArrayPool<int>.Shared.Rent(1 << bits);
        Span<int> table = rented.AsSpan(0, 1 << bits);
        table.Fill(-2 * MostDistance);
        int at = 0, literals = 0, to = 0;
        while (at <= source.Length - 4)
        {
            uint next = BinaryPrimitives.ReadUInt32LittleEndian(source[at..]);
            ref int place = ref table[Hash(next, bits)];
            int before = place;
            place = at;
            if (at - before > MostDistance || ((BinaryPrimitives.ReadUInt32LittleEndian(source[before..]) ^ next) & 0xFFFFFF) != 0)
            {
                at += 1 + Math.Min((at - literals) >> 6, MostSkipped);
                continue;
            }

            int length = LeastLength + source.Slice(at + LeastLength, Math.Min(MostLength, source.Length - at) - LeastLength)
                .CommonPrefixLength(source[(before + LeastLength)..]);
            to += PutLiterals(source[literals..at], destination[to..]);
            to += PutReference(at - before - 1, length - 2, destination[to..]);
            at = literals = at + length;
        }

        ArrayPool<int>.Shared.Return(rented);
        return to + PutLiterals(source[literals..], destination[to..]);
    }

    private static int PutLiterals(ReadOnlySpan<byte> literals, Span<byte> destination)
    {
        int to = 0;
        while (!literals.IsEmpty)
        {
            int count = Math.Min(literals.Length, MostLiterals);
            destination[to] = (byte)(count - 1);
            literals[..count].CopyTo(destination[(to + 1)..]);
            literals = literals[count..];
            to += count + 1;
        }

        return to;
    }

    private static int PutReference(int distance, int length, Span<byte> destination)
    {
        int to = 0;
        destination[to++] = (byte)(Math.Min(length, 7) << 5 | distance >> 8);
        if (length >= 7)
            destination[to++] = (byte)(length - 7);
        destination[to++] = (byte)distance;
        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(uint next, int bits) => (int)((next << 8) * 2654435769 >> (32 - bits));

    private static int Stop(int to, bool sourceEnds, out string? fault) =>
        Refuse(to, sourceEnds ? "they end in the middle of a step" : $"they give more than the {to} bytes that fit", out fault);

    private static int Refuse(int to, string what, out string? fault)
    {
        fault = what;
        return to;
    }
}
