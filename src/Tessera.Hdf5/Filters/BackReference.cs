using System.Runtime.CompilerServices;

namespace Tessera.Hdf5Format;

/// <summary>The step that all LZ77 decoders share: repeats bytes that were decoded before.</summary>
internal static class BackReference
{
    /// <summary>
    /// Copies <paramref name="length"/> bytes from <paramref name="distance"/> before <paramref name="to"/>; where that is less than the length, the copied
    /// bytes are copied again. Pieces of 16 bytes may reach behind the last byte where there is room, into what the decoder has yet to write.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(Span<byte> bytes, int to, int distance, int length)
    {
        const int piece = 16;
        if (distance >= piece && bytes.Length - to >= length + piece)
        {
            for (int done = 0; done < length; done += piece)
                bytes.Slice(to - distance + done, piece).CopyTo(bytes.Slice(to + done, piece));
        }
        else
        {
            CopyShort(bytes, to, distance, length);
        }
    }

    private static void CopyShort(Span<byte> bytes, int to, int distance, int length)
    {
        if (distance >= length)
        {
            bytes.Slice(to - distance, length).CopyTo(bytes[to..]);
        }
        else if (distance == 1)
        {
            bytes.Slice(to, length).Fill(bytes[to - 1]);
        }
        else
        {
            // What is there already doubles with each step, and stays a multiple of the distance.
            for (int done = 0, there = distance; done < length; done += there, there *= 2)
                bytes.Slice(to - distance, Math.Min(there, length - done)).CopyTo(bytes[(to + done)..]);
        }
    }
}
