using System.Runtime.CompilerServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// The LZ4 block format: a token holds the number of literals in its upper half and the length of a copy, less 4, in its lower one; 15 means that bytes
/// follow which are added, up to one below 255. The literals come next, then the distance in two bytes, little-endian. The last step has literals only.
/// </summary>
internal static class Lz4Block
{
    private const int LeastLength = 4;
    private const int Extended = 15;
    private const int Piece = 16;

    /// <summary>Decodes one block to its end; gives the number of bytes, -1 where it is damaged or gives more than fit.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int at = 0, to = 0;
        while (at < source.Length)
        {
            int token = source[at++], literals = token >> 4;
            if (literals == Extended && !TryExtend(source, ref at, destination.Length, ref literals))
                return -1;
            if (literals > source.Length - at || literals > destination.Length - to)
                return -1;
            if (literals <= Piece && source.Length - at >= Piece && destination.Length - to >= Piece)
                source.Slice(at, Piece).CopyTo(destination[to..]); // of one size, which is faster; what is too much is written over
            else
                source.Slice(at, literals).CopyTo(destination[to..]);
            at += literals;
            to += literals;
            if (at == source.Length)
                return to;

            if (source.Length - at < 2)
                return -1;
            int distance = source[at] | source[at + 1] << 8, length = token & 15;
            at += 2;
            if (length == Extended && !TryExtend(source, ref at, destination.Length, ref length))
                return -1;
            length += LeastLength;
            if (distance == 0 || distance > to || length > destination.Length - to)
                return -1;
            BackReference.Copy(destination, to, distance, length);
            to += length;
        }

        return source.IsEmpty ? 0 : -1; // ended behind a copy
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryExtend(ReadOnlySpan<byte> source, ref int at, int most, ref int length)
    {
        int added;
        do
        {
            if (at >= source.Length || length > most)
                return false;
            added = source[at++];
            length += added;
        }
        while (added == 255);
        return true;
    }
}
