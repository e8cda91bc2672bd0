using System.Runtime.InteropServices;
using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Steps;

namespace Tessera.Tests.Expressions;

/// <summary>Computed elements, dense in C order.</summary>
internal sealed record Elements(ElementType Type, Shape Shape, byte[] Bytes)
{
    public static unsafe Elements Of(ArrayExpression expression, ComputeOptions options)
    {
        var elements = new Elements(expression.ElementType, expression.Shape, new byte[expression.Shape.Length * expression.ElementType.Size]);
        fixed (byte* address = elements.Bytes)
        {
            var destination = new MemoryDestination((nint)address, elements.Type, elements.Shape);
            Driver.Here(options, (how, here) => Computation.RunAsync([new PlannedOutput(expression, destination)], elements.Bytes.Length, how, here));
        }

        return elements;
    }

    /// <summary>Elements whose bits are the low ones of the numbers.</summary>
    public static Elements OfBits(ElementType type, Shape shape, ReadOnlySpan<long> numbers)
    {
        var bytes = new byte[numbers.Length * type.Size];
        for (int i = 0; i < numbers.Length; i++)
            MemoryMarshal.AsBytes(numbers.Slice(i, 1))[..type.Size].CopyTo(bytes.AsSpan(i * type.Size));
        return new Elements(type, shape, bytes);
    }

    /// <summary>The bits of each element, in the low ones of a number.</summary>
    public long[] Bits()
    {
        var numbers = new long[Bytes.Length / Type.Size];
        for (int i = 0; i < numbers.Length; i++)
            Bytes.AsSpan(i * Type.Size, Type.Size).CopyTo(MemoryMarshal.AsBytes(numbers.AsSpan(i, 1)));
        return numbers;
    }

    /// <summary>What the formula of <see cref="RandomTrees.Data"/> gives.</summary>
    public static Elements OfFormula(ElementType type, Shape shape, ReadOnlySpan<long> numbers)
    {
        var (seed, low, count, isSpecial) = (numbers[0], numbers[1], numbers[2], numbers[3] == 1);
        var all = new long[shape.Length];
        for (long i = 0; i < all.Length; i++)
        {
            ulong hash = unchecked(((ulong)(i + 1) * 0x9E3779B97F4A7C15) + ((ulong)seed * 0xD1B54A32D192ED03));
            hash = unchecked((hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9);
            hash ^= hash >> 32;
            long value = count == 0 ? (long)hash : low + (long)(hash % (ulong)count);
            double real = !isSpecial || (hash >> 40) % 13 > 0 ? value : ((hash >> 50) % 3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity };
            all[i] = type switch
            {
                ElementType.Boolean => (long)(hash >> 20) & 1,
                ElementType.Half => BitConverter.HalfToInt16Bits((Half)real),
                ElementType.Single => BitConverter.SingleToInt32Bits((float)real),
                ElementType.Double => BitConverter.DoubleToInt64Bits(real),
                _ => value,
            };
        }

        return OfBits(type, shape, all);
    }

    /// <summary>One element; an integer of 64 bits may be rounded.</summary>
    public double this[int index] => Type switch
    {
        ElementType.Boolean or ElementType.Byte => Bytes[index],
        ElementType.SByte => (sbyte)Bytes[index],
        ElementType.Int16 => MemoryMarshal.Cast<byte, short>(Bytes)[index],
        ElementType.UInt16 => MemoryMarshal.Cast<byte, ushort>(Bytes)[index],
        ElementType.Int32 => MemoryMarshal.Cast<byte, int>(Bytes)[index],
        ElementType.UInt32 => MemoryMarshal.Cast<byte, uint>(Bytes)[index],
        ElementType.Int64 => MemoryMarshal.Cast<byte, long>(Bytes)[index],
        ElementType.UInt64 => MemoryMarshal.Cast<byte, ulong>(Bytes)[index],
        ElementType.Single => MemoryMarshal.Cast<byte, float>(Bytes)[index],
        ElementType.Half => (double)MemoryMarshal.Cast<byte, Half>(Bytes)[index],
        ElementType.Double => MemoryMarshal.Cast<byte, double>(Bytes)[index],
        _ => throw new ArgumentOutOfRangeException(nameof(index), $"{Type} has no numbers."),
    };

    /// <summary>
    /// Where two computations of one node differ by more than it allows; null where they agree. NaN is NaN, and zeros are equal whatever their signs.
    /// </summary>
    public string? Differs(Elements actual, Node node)
    {
        if (actual.Type != Type || actual.Shape != Shape)
            return $"{Type.Name} {Shape} was expected, {actual.Type.Name} {actual.Shape} came";
        if (Bytes.AsSpan().SequenceEqual(actual.Bytes))
            return null;

        for (int i = 0; i < Shape.Length; i++)
        {
            double a = this[i], b = actual[i];
            bool same = !Type.IsFloatingPoint
                ? Bytes.AsSpan(i * Type.Size, Type.Size).SequenceEqual(actual.Bytes.AsSpan(i * Type.Size, Type.Size))
                : a == b || (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) <= node.Error + (node.RelativeError * Math.Abs(a));
            if (!same)
                return $"element {i} of {Shape}: {a:R} was expected, {b:R} came (allowed: {node.Error:R} and {node.RelativeError:R} of it)";
        }

        return null;
    }
}
