using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tessera.Hdf5Format;

/// <summary>
/// A checksum of four bytes behind those of the chunk: Fletcher's over 16-bit words that are read as big-endian, both sums modulo 65535, the first
/// in the low half. Zero is stored only for sums that are zero, else 65535 stands for it. Libraries before 1.6.3 mixed up the bytes of each half
/// on little-endian machines; such sums are accepted, as they are by the reference library.
/// </summary>
internal sealed class Fletcher32Filter() : ChunkFilter(KnownFilters.Fletcher32)
{
    private const int Size = 4;

    // So many vectors fit into 32-bit sums of sums: 360 * 361 / 2 * 65535 is below 2^32.
    private const int MostSteps = 360;

    public override string Name => "fletcher32";

    public override long MostEncoded(long bytes) => bytes + Size;

    /// <summary>Compares the checksum and gives the bytes before it, which stay where they are.</summary>
    public ReadOnlySpan<byte> Check(ReadOnlySpan<byte> source)
    {
        if (source.Length < Size)
            throw Damaged($"a checksum has {Size} bytes, and there are {source.Length}");
        ReadOnlySpan<byte> bytes = source[..^Size];
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(source[^Size..]), computed = Sum(bytes);
        if (stored != computed && stored != SwapInHalves(computed))
            throw Damaged($"their checksum is {computed:X8}, and {stored:X8} is stored");
        return bytes;
    }

    /// <summary>Writes the checksum of the first <paramref name="length"/> bytes behind them.</summary>
    /// <returns>The length with the checksum.</returns>
    public int Append(Span<byte> bytes, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[length..], Sum(bytes[..length]));
        return length + Size;
    }

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ReadOnlySpan<byte> bytes = Check(source);
        if (!bytes.TryCopyTo(destination))
            throw TooLong(destination.Length);
        return bytes.Length;
    }

    public override int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return Append(destination, source.Length);
    }

    /// <summary>
    /// Sums little-endian words and swaps at the end: modulo 65535, swapping the bytes of a word is multiplying it by 256, so that it may be done
    /// to the sums.
    /// </summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(bytes);
        uint sum = 0, sums = 0;
        while (words.Length >= Vector256<ushort>.Count)
        {
            int taken = Math.Min(words.Length / Vector256<ushort>.Count, MostSteps) * Vector256<ushort>.Count;
            Add(words[..taken], ref sum, ref sums);
            words = words[taken..];
        }

        foreach (ushort word in words)
            Add(word, ref sum, ref sums);
        if ((bytes.Length & 1) != 0)
            Add(bytes[^1], ref sum, ref sums); // the high byte of a big-endian word, swapped
        return SwapInHalves(sums << 16 | sum);
    }

    private static void Add(ushort word, ref uint sum, ref uint sums)
    {
        sum = Fold(sum + word);
        sums = Fold(sums + sum);
    }

    /// <summary>
    /// Adds a multiple of 16 words. Each lane sums its own words and its sums; of n words, the one at i counts n - i times in the sum of sums, which
    /// is 16 (steps - step) - lane: 16 times the lane's sum of sums, without its sum times the lane.
    /// </summary>
    private static void Add(ReadOnlySpan<ushort> words, ref uint sum, ref uint sums)
    {
        Vector256<uint> sumA = default, sumB = default, sumsA = default, sumsB = default;
        ref ushort first = ref MemoryMarshal.GetReference(words);
        for (int i = 0; i < words.Length; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> a, Vector256<uint> b) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)i));
            sumA += a;
            sumB += b;
            sumsA += sumA;
            sumsB += sumB;
        }

        ulong total = 0, totals = sums + (ulong)sum * (uint)words.Length, behind = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            ulong a = sumA[lane], b = sumB[lane];
            total += a + b;
            totals += 16ul * sumsA[lane] + 16ul * sumsB[lane];
            behind += a * (uint)lane + b * (uint)(lane + 8);
        }

        sum = Fold(sum + total);
        sums = Fold(totals - behind);
    }

    /// <summary>A number modulo 65535, where 65535 itself stands for multiples other than zero.</summary>
    private static uint Fold(ulong value) => value == 0 ? 0 : (uint)((value - 1) % 0xFFFF) + 1;

    private static uint SwapInHalves(uint value) => (value & 0x00FF00FF) << 8 | (value >> 8 & 0x00FF00FF);
}
