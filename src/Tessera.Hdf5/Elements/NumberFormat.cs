using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// How the bytes of a number in the file become an element in memory: as they are, turned around, or rebuilt bit by bit. Plain fields only, for
/// it travels to other processes with the sources that use it.
/// </summary>
internal sealed class NumberFormat
{
    private readonly Rebuilding _rebuilding;
    private readonly NumberBits _bits;
    private readonly bool _isBigEndian;
    private readonly bool _isSigned;

    private NumberFormat(int size) => (ElementType, Size, Width) = (ElementType.Byte, size, size);

    private NumberFormat(Hdf5Type type, ElementType elementType, Rebuilding rebuilding)
    {
        (ElementType, _rebuilding, Size, Width) = (elementType, rebuilding, type.Size, elementType.Size);
        (_bits, _isBigEndian, _isSigned) = (type.Bits, type.IsBigEndian, type.IsSigned);
    }

    private enum Rebuilding
    {
        None,
        Reversing,
        Truth,
        Integer,
        Float,
    }

    /// <summary>The type in memory.</summary>
    public ElementType ElementType { get; }

    /// <summary>Bytes of a number in the file.</summary>
    public int Size { get; }

    /// <summary>Bytes of an element in memory.</summary>
    public int Width { get; }

    /// <summary>True where the bytes of the file are those of memory.</summary>
    public bool IsPlain => _rebuilding == Rebuilding.None;

    /// <summary>Elements of any type, as the bytes that they are.</summary>
    public static NumberFormat Raw(int size) => new(size);

    /// <summary>The format of a type; null where it isn't one of numbers.</summary>
    public static NumberFormat? Of(Hdf5Type type) => type.Kind switch
    {
        Hdf5TypeKind.Integer or Hdf5TypeKind.Bitfield when type.Size <= 8 => OfInteger(type),
        Hdf5TypeKind.Enum => IsTruth(type) ? new NumberFormat(type, ElementType.Boolean, Rebuilding.Truth) : OfInteger(type),
        Hdf5TypeKind.Float when type is { Size: <= 16, IsVaxOrder: false } => OfFloat(type),
        _ => null,
    };

    /// <summary>Turns stored numbers into elements; both spans hold as many.</summary>
    public void Convert(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        switch (_rebuilding)
        {
            case Rebuilding.None:
                stored.CopyTo(elements);
                break;
            case Rebuilding.Reversing:
                Reverse(stored, elements);
                break;
            case Rebuilding.Truth:
                TensorPrimitives.Min(stored, (byte)1, elements);
                break;
            case Rebuilding.Integer:
                ConvertIntegers(stored, elements);
                break;
            case Rebuilding.Float:
                ConvertFloats(stored, elements);
                break;
        }
    }

    /// <summary>An integer as a long; of ulong the same bits.</summary>
    public long ToInt64(ReadOnlySpan<byte> stored) => FloatBits.Integer(stored, _isBigEndian, _isSigned, _bits);

    private static bool IsTruth(Hdf5Type type) =>
        type is { Size: 1, Names.Count: 2 } && type.Names.TryGetValue("FALSE", out long no) && no == 0 && type.Names.TryGetValue("TRUE", out long yes) && yes == 1;

    private static NumberFormat OfInteger(Hdf5Type type)
    {
        ElementType element = (type.Size, type.IsSigned) switch
        {
            (1, true) => ElementType.SByte,
            (1, false) => ElementType.Byte,
            (2, true) => ElementType.Int16,
            (2, false) => ElementType.UInt16,
            ( <= 4, true) => ElementType.Int32,
            ( <= 4, false) => ElementType.UInt32,
            (_, true) => ElementType.Int64,
            (_, false) => ElementType.UInt64,
        };
        bool isWhole = type.Size == element.Size && type.Bits is { Offset: 0 } bits && bits.Precision == 8 * type.Size;
        return new NumberFormat(type, element, isWhole ? Order(type) : Rebuilding.Integer);
    }

    private static NumberFormat OfFloat(Hdf5Type type)
    {
        if (type.Size == 4 && type.Bits == NumberBits.Single)
            return new NumberFormat(type, ElementType.Single, Order(type));
        if (type.Size == 8 && type.Bits == NumberBits.Double)
            return new NumberFormat(type, ElementType.Double, Order(type));
        bool fitsSingle = type.Bits.ExponentBits <= 8 && type.Bits.MantissaBits <= 23;
        return new NumberFormat(type, fitsSingle ? ElementType.Single : ElementType.Double, Rebuilding.Float);
    }

    private static Rebuilding Order(Hdf5Type type) => type.IsBigEndian && type.Size > 1 ? Rebuilding.Reversing : Rebuilding.None;

    private void Reverse(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        switch (Size)
        {
            case 2:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(stored), MemoryMarshal.Cast<byte, ushort>(elements));
                break;
            case 4:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(stored), MemoryMarshal.Cast<byte, uint>(elements));
                break;
            default:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(stored), MemoryMarshal.Cast<byte, ulong>(elements));
                break;
        }
    }

    private void ConvertIntegers(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        int size = ElementType.Size;
        Span<byte> value = stackalloc byte[8];
        for (int i = 0; i < elements.Length / size; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(value, ToInt64(stored.Slice(i * Size, Size)));
            value[..size].CopyTo(elements[(i * size)..]);
        }
    }

    private void ConvertFloats(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        if (Size == 2 && _bits == NumberBits.Half)
        {
            Span<float> singles = MemoryMarshal.Cast<byte, float>(elements);
            if (!_isBigEndian)
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(stored), singles);
            for (int i = 0; i < singles.Length && _isBigEndian; i++)
                singles[i] = (float)BinaryPrimitives.ReadHalfBigEndian(stored.Slice(2 * i, 2));
            return;
        }

        for (int i = 0; i < stored.Length / Size; i++)
        {
            double value = FloatBits.Float(stored.Slice(i * Size, Size), _isBigEndian, _bits);
            if (ElementType == ElementType.Single)
                MemoryMarshal.Cast<byte, float>(elements)[i] = (float)value;
            else
                MemoryMarshal.Cast<byte, double>(elements)[i] = value;
        }
    }
}
