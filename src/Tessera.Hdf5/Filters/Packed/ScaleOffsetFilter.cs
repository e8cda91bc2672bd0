using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// Stores each number as its distance from the chunk's smallest, in as many bits as the largest distance needs; floating-point numbers are first
/// multiplied by a power of ten and rounded. All bits set stand for the fill value, where the dataset has one. The parameters are the kind of scale
/// (0 decimal digits, 2 whole numbers), digits or bits, the number of elements, the class (0 whole, 1 floating-point), the size, the sign, the byte
/// order (1 big-endian), whether there is a fill value, and its bytes. The stored bytes begin with the number of bits (4 bytes), the size of the
/// smallest number (1 byte) and it itself, in a header of 21 bytes.
/// </summary>
internal sealed class ScaleOffsetFilter(uint[] parameters) : ChunkFilter(KnownFilters.ScaleOffset)
{
    private const int HeaderSize = 21;
    private const uint DecimalDigits = 0;
    private const uint WholeNumbers = 2;

    public override string Name => "scaleoffset";

    private bool IsFloatingPoint => parameters[3] == 1;

    private uint ElementSize => parameters[4];

    private bool HasFill => parameters[7] != 0;

    public override long MostEncoded(long bytes) => bytes + HeaderSize + 8;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        CheckParameters();
        if (parameters[0] == WholeNumbers && parameters[1] == ElementSize * 8)
            return source.TryCopyTo(destination) ? source.Length : throw TooLong(destination.Length); // asked for all bits, it does nothing

        long size = (long)parameters[2] * ElementSize;
        if (size > destination.Length)
            throw TooLong(destination.Length);
        destination = destination[..(int)size];
        if (source.Length < HeaderSize)
            throw Damaged($"a header has {HeaderSize} bytes, and there are {source.Length}");
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(source);
        if (bits > ElementSize * 8 || (UInt128)bits * parameters[2] > (ulong)(source.Length - HeaderSize) * 8)
            throw Damaged($"{parameters[2]} numbers of {bits} bits are stated, and {source.Length} bytes are stored");

        ulong smallest = Little(source[5..], Math.Min((int)source[4], 8));
        if (bits == ElementSize * 8)
            source.Slice(HeaderSize, destination.Length).CopyTo(destination);
        else
            Unpack(source[HeaderSize..], (int)bits, smallest, destination);
        if (parameters[6] == 1)
            Reverse(destination);
        return destination.Length;
    }

    private void CheckParameters()
    {
        if (parameters.Length < 8)
            throw Damaged($"it has {parameters.Length} parameters, and 8 belong to it at least");
        bool isKnown = IsFloatingPoint ? parameters[0] == DecimalDigits && ElementSize is 4 or 8 : parameters[0] == WholeNumbers && ElementSize is 1 or 2 or 4 or 8;
        if (!isKnown || parameters[3] > 1 || parameters[6] > 1)
            throw Damaged($"it has the parameters {string.Join(", ", parameters)}, which describe no numbers that it can hold");
    }

    private void Unpack(ReadOnlySpan<byte> packed, int bits, ulong smallest, Span<byte> destination)
    {
        switch (ElementSize)
        {
            case 1:
                Whole<byte>(packed, bits, smallest, destination);
                break;
            case 2:
                Whole<ushort>(packed, bits, smallest, destination);
                break;
            case 4 when IsFloatingPoint:
                Scaled(packed, bits, BitConverter.UInt32BitsToSingle((uint)smallest), (float)Math.Pow(10, (int)parameters[1]), destination);
                break;
            case 4:
                Whole<uint>(packed, bits, smallest, destination);
                break;
            case 8 when IsFloatingPoint:
                Scaled(packed, bits, BitConverter.UInt64BitsToDouble(smallest), Math.Pow(10, (int)parameters[1]), destination);
                break;
            default:
                Whole<ulong>(packed, bits, smallest, destination);
                break;
        }
    }

    /// <summary>Whole numbers, with or without sign: adding goes round at the end of the type in either case.</summary>
    private void Whole<T>(ReadOnlySpan<byte> packed, int bits, ulong smallest, Span<byte> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<T> numbers = MemoryMarshal.Cast<byte, T>(destination);
        ulong fillCode = FillCode(bits);
        T fill = T.CreateTruncating(FillBits());
        var reader = new HighBits(packed);
        foreach (ref T number in numbers)
        {
            ulong distance = reader.Read(bits);
            number = distance == fillCode ? fill : T.CreateTruncating(distance + smallest);
        }
    }

    /// <summary>Floating-point numbers, computed in their own precision as the reference library does.</summary>
    private void Scaled<T>(ReadOnlySpan<byte> packed, int bits, T smallest, T scale, Span<byte> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> numbers = MemoryMarshal.Cast<byte, T>(destination);
        ulong fillCode = FillCode(bits), fillBits = FillBits();
        T fill = MemoryMarshal.Read<T>(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(ref fillBits)));
        var reader = new HighBits(packed);
        foreach (ref T number in numbers)
        {
            ulong distance = reader.Read(bits);
            number = distance == fillCode ? fill : T.CreateTruncating(distance) / scale + smallest;
        }
    }

    /// <summary>What stands for the fill value: all bits set; something that never occurs where there is none.</summary>
    private ulong FillCode(int bits) => HasFill ? (1ul << bits) - 1 : ulong.MaxValue;

    private ulong FillBits() => (parameters.Length > 8 ? parameters[8] : 0) | (ulong)(parameters.Length > 9 ? parameters[9] : 0) << 32;

    private void Reverse(Span<byte> numbers)
    {
        switch (ElementSize)
        {
            case 2:
                Reverse(MemoryMarshal.Cast<byte, ushort>(numbers));
                break;
            case 4:
                Reverse(MemoryMarshal.Cast<byte, uint>(numbers));
                break;
            case 8:
                Reverse(MemoryMarshal.Cast<byte, ulong>(numbers));
                break;
        }
    }

    private static void Reverse(Span<ushort> numbers) => BinaryPrimitives.ReverseEndianness(numbers, numbers);

    private static void Reverse(Span<uint> numbers) => BinaryPrimitives.ReverseEndianness(numbers, numbers);

    private static void Reverse(Span<ulong> numbers) => BinaryPrimitives.ReverseEndianness(numbers, numbers);

    private static ulong Little(ReadOnlySpan<byte> bytes, int count)
    {
        ulong value = 0;
        for (int i = count - 1; i >= 0; i--)
            value = value << 8 | bytes[i];
        return value;
    }
}
