using System.Numerics;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// Turns numbers of a source into those of the virtual dataset as the reference library does: what doesn't fit becomes the nearest number that does, and
/// fractions are cut off.
/// </summary>
internal static class ElementConversion
{
    public delegate void Converter(ReadOnlySpan<byte> from, Span<byte> to);

    /// <summary>The conversion; null where there is nothing to convert.</summary>
    /// <exception cref="NotSupportedException">Truth values and numbers aren't converted into each other.</exception>
    public static Converter? Of(ElementType from, ElementType to) => from == to
        ? null
        : from switch
        {
            ElementType.SByte => From<sbyte>(to),
            ElementType.Byte => From<byte>(to),
            ElementType.Int16 => From<short>(to),
            ElementType.UInt16 => From<ushort>(to),
            ElementType.Int32 => From<int>(to),
            ElementType.UInt32 => From<uint>(to),
            ElementType.Int64 => From<long>(to),
            ElementType.UInt64 => From<ulong>(to),
            ElementType.Single => From<float>(to),
            ElementType.Double => From<double>(to),
            ElementType.Half => From<Half>(to),
            _ => throw Refused(from, to),
        };

    private static Converter From<TFrom>(ElementType to)
        where TFrom : unmanaged, INumber<TFrom> => to switch
        {
            ElementType.SByte => Convert<TFrom, sbyte>,
            ElementType.Byte => Convert<TFrom, byte>,
            ElementType.Int16 => Convert<TFrom, short>,
            ElementType.UInt16 => Convert<TFrom, ushort>,
            ElementType.Int32 => Convert<TFrom, int>,
            ElementType.UInt32 => Convert<TFrom, uint>,
            ElementType.Int64 => Convert<TFrom, long>,
            ElementType.UInt64 => Convert<TFrom, ulong>,
            ElementType.Single => Convert<TFrom, float>,
            ElementType.Double => Convert<TFrom, double>,
            ElementType.Half => Convert<TFrom, Half>,
            _ => throw Refused(ElementTypes.Of<TFrom>(), to),
        };

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> from, Span<byte> to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        ReadOnlySpan<TFrom> numbers = MemoryMarshal.Cast<byte, TFrom>(from);
        Span<TTo> converted = MemoryMarshal.Cast<byte, TTo>(to);
        for (int i = 0; i < numbers.Length; i++)
            converted[i] = TTo.CreateSaturating(numbers[i]);
    }

    private static NotSupportedException Refused(ElementType from, ElementType to) => new($"Elements of type {from.Name} aren't converted to {to.Name}.");
}
