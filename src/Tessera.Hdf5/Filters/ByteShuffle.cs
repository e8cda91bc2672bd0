using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tessera.Hdf5Format;

/// <summary>
/// Sorts bytes of elements into planes and back. Plane p holds byte p of all elements: with elements of two bytes, <c>a0 a1 b0 b1 c0 c1</c> is
/// <c>a0 b0 c0 a1 b1 c1</c> in planes. Elements of 2, 4 and 8 bytes go 32 at a time: widening two bytes to 16 bits and shifting one of them
/// weaves two planes into one of twice the width, and so on up to the whole element.
/// </summary>
internal static class ByteShuffle
{
    private const int Step = 32;

    // Other sizes go through the planes in pieces of so many elements, which stay in the first cache.
    private const int Piece = 512;

    /// <summary>Planes to elements. Both have the same length, and what follows the last whole element is copied.</summary>
    public static void Undo(ReadOnlySpan<byte> planes, Span<byte> elements, int size)
    {
        if (size == 1)
        {
            planes.CopyTo(elements);
            return;
        }

        int count = elements.Length / size, done = 0;
        ref byte from = ref MemoryMarshal.GetReference(planes), to = ref MemoryMarshal.GetReference(elements[..planes.Length]);
        if (Vector256.IsHardwareAccelerated && size is 2 or 4 or 8)
        {
            for (; done <= count - Step; done += Step)
            {
                ref byte plane = ref Unsafe.Add(ref from, done);
                ref byte element = ref Unsafe.Add(ref to, done * size);
                if (size == 2)
                    Weave2(ref plane, (nuint)count, ref element);
                else if (size == 4)
                    Weave4(ref plane, (nuint)count, ref element);
                else
                    Weave8(ref plane, (nuint)count, ref element);
            }
        }

        for (; done < count; done += Piece)
        {
            int end = Math.Min(done + Piece, count);
            for (int p = 0; p < size; p++)
            {
                ReadOnlySpan<byte> plane = planes.Slice(p * count, count);
                for (int i = done, at = done * size + p; i < end; i++, at += size)
                    elements[at] = plane[i];
            }
        }

        planes[(count * size)..].CopyTo(elements[(count * size)..]);
    }

    /// <summary>Elements to planes.</summary>
    public static void Apply(ReadOnlySpan<byte> elements, Span<byte> planes, int size)
    {
        if (size == 1)
        {
            elements.CopyTo(planes);
            return;
        }

        int count = elements.Length / size, done = 0;
        ref byte from = ref MemoryMarshal.GetReference(elements), to = ref MemoryMarshal.GetReference(planes[..elements.Length]);
        if (Vector256.IsHardwareAccelerated && size is 2 or 4 or 8)
        {
            for (; done <= count - Step; done += Step)
            {
                ref byte element = ref Unsafe.Add(ref from, done * size);
                ref byte plane = ref Unsafe.Add(ref to, done);
                if (size == 2)
                    Part2(ref element, ref plane, (nuint)count);
                else if (size == 4)
                    Part4(ref element, ref plane, (nuint)count);
                else
                    Part8(ref element, ref plane, (nuint)count);
            }
        }

        for (; done < count; done += Piece)
        {
            int end = Math.Min(done + Piece, count);
            for (int p = 0; p < size; p++)
            {
                Span<byte> plane = planes.Slice(p * count, count);
                for (int i = done, at = done * size + p; i < end; i++, at += size)
                    plane[i] = elements[at];
            }
        }

        elements[(count * size)..].CopyTo(planes[(count * size)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weave2(ref byte plane, nuint count, ref byte element)
    {
        (Vector256<ushort> a, Vector256<ushort> b) = Woven(ref plane, count);
        a.AsByte().StoreUnsafe(ref element);
        b.AsByte().StoreUnsafe(ref element, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weave4(ref byte plane, nuint count, ref byte element)
    {
        (Vector256<ushort> a, Vector256<ushort> b) = Woven(ref plane, count);
        (Vector256<ushort> c, Vector256<ushort> d) = Woven(ref Unsafe.Add(ref plane, 2 * count), count);
        Store(Woven(a, c), ref element);
        Store(Woven(b, d), ref Unsafe.Add(ref element, 64));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weave8(ref byte plane, nuint count, ref byte element)
    {
        (Vector256<ushort> a, Vector256<ushort> b) = Woven(ref plane, count);
        (Vector256<ushort> c, Vector256<ushort> d) = Woven(ref Unsafe.Add(ref plane, 2 * count), count);
        (Vector256<ushort> e, Vector256<ushort> f) = Woven(ref Unsafe.Add(ref plane, 4 * count), count);
        (Vector256<ushort> g, Vector256<ushort> h) = Woven(ref Unsafe.Add(ref plane, 6 * count), count);
        Store(Woven(a, c), Woven(e, g), ref element);
        Store(Woven(b, d), Woven(f, h), ref Unsafe.Add(ref element, 128));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ushort> First, Vector256<ushort> Second) Woven(ref byte plane, nuint count)
    {
        (Vector256<ushort> low, Vector256<ushort> lowEnd) = Vector256.Widen(Vector256.LoadUnsafe(ref plane));
        (Vector256<ushort> high, Vector256<ushort> highEnd) = Vector256.Widen(Vector256.LoadUnsafe(ref plane, count));
        return (low | high << 8, lowEnd | highEnd << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> First, Vector256<uint> Second) Woven(Vector256<ushort> low, Vector256<ushort> high)
    {
        (Vector256<uint> a, Vector256<uint> b) = Vector256.Widen(low);
        (Vector256<uint> c, Vector256<uint> d) = Vector256.Widen(high);
        return (a | c << 16, b | d << 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store((Vector256<uint> First, Vector256<uint> Second) woven, ref byte element)
    {
        woven.First.AsByte().StoreUnsafe(ref element);
        woven.Second.AsByte().StoreUnsafe(ref element, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store((Vector256<uint> First, Vector256<uint> Second) low, (Vector256<uint> First, Vector256<uint> Second) high, ref byte element)
    {
        (Vector256<ulong> a, Vector256<ulong> b) = Vector256.Widen(low.First);
        (Vector256<ulong> c, Vector256<ulong> d) = Vector256.Widen(high.First);
        (a | c << 32).AsByte().StoreUnsafe(ref element);
        (b | d << 32).AsByte().StoreUnsafe(ref element, 32);
        (a, b) = Vector256.Widen(low.Second);
        (c, d) = Vector256.Widen(high.Second);
        (a | c << 32).AsByte().StoreUnsafe(ref element, 64);
        (b | d << 32).AsByte().StoreUnsafe(ref element, 96);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Part2(ref byte element, ref byte plane, nuint count) =>
        StoreParts(Vector256.LoadUnsafe(ref element).AsUInt16(), Vector256.LoadUnsafe(ref element, 32).AsUInt16(), ref plane, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Part4(ref byte element, ref byte plane, nuint count)
    {
        Vector256<uint> a = Vector256.LoadUnsafe(ref element).AsUInt32(), b = Vector256.LoadUnsafe(ref element, 32).AsUInt32();
        Vector256<uint> c = Vector256.LoadUnsafe(ref element, 64).AsUInt32(), d = Vector256.LoadUnsafe(ref element, 96).AsUInt32();
        StoreParts(a, b, c, d, ref plane, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Part8(ref byte element, ref byte plane, nuint count)
    {
        (Vector256<uint> a, Vector256<uint> e) = Halves(ref element);
        (Vector256<uint> b, Vector256<uint> f) = Halves(ref Unsafe.Add(ref element, 64));
        (Vector256<uint> c, Vector256<uint> g) = Halves(ref Unsafe.Add(ref element, 128));
        (Vector256<uint> d, Vector256<uint> h) = Halves(ref Unsafe.Add(ref element, 192));
        StoreParts(a, b, c, d, ref plane, count);
        StoreParts(e, f, g, h, ref Unsafe.Add(ref plane, 4 * count), count);
    }

    /// <summary>The low and the high four bytes of eight elements of 8 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> Low, Vector256<uint> High) Halves(ref byte element)
    {
        Vector256<ulong> a = Vector256.LoadUnsafe(ref element).AsUInt64(), b = Vector256.LoadUnsafe(ref element, 32).AsUInt64();
        return (Vector256.Narrow(a, b), Vector256.Narrow(a >>> 32, b >>> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreParts(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, ref byte plane, nuint count)
    {
        StoreParts(Vector256.Narrow(a, b), Vector256.Narrow(c, d), ref plane, count);
        StoreParts(Vector256.Narrow(a >>> 16, b >>> 16), Vector256.Narrow(c >>> 16, d >>> 16), ref Unsafe.Add(ref plane, 2 * count), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreParts(Vector256<ushort> a, Vector256<ushort> b, ref byte plane, nuint count)
    {
        Vector256.Narrow(a, b).StoreUnsafe(ref plane);
        Vector256.Narrow(a >>> 8, b >>> 8).StoreUnsafe(ref plane, count);
    }
}
