using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// How the bytes of a number in the file become an element in memory: as they are, turned around, or rebuilt bit by bit. It may be told of a place in
/// records, which are then what is stored, and of which one gives one number or several. Plain fields only, because it travels to other processes with the
/// sources that use it.
/// </summary>
internal sealed class NumberFormat
{
    private readonly Rebuilding _rebuilding;
    private readonly NumberBits _bits;
    private readonly bool _isBigEndian;
    private readonly bool _isSigned;
    private readonly int _numberBytes; // in the file
    private readonly RecordPlace? _place; // null where all of a record is numbers

    private NumberFormat(int size) => (ElementType, Size, Width, _numberBytes) = (ElementType.Byte, size, size, size);

    private NumberFormat(NumberFormat number, RecordPlace place)
    {
        (ElementType, _rebuilding, _bits, _isBigEndian, _isSigned, _numberBytes) = (number.ElementType, number._rebuilding, number._bits, number._isBigEndian, number._isSigned, number._numberBytes);
        long width = (long)place.Bytes / _numberBytes * number.Width;
        (Size, Width) = (place.RecordBytes, width <= int.MaxValue ? (int)width : throw new NotSupportedException($"Elements of {place.Bytes / _numberBytes} numbers were to be read, which take {width} bytes in memory; up to 2 GB are read."));
        _place = place.IsWhole ? null : place;
    }

    private NumberFormat(Hdf5Type type, ElementType elementType, Rebuilding rebuilding)
    {
        (ElementType, _rebuilding, Size, Width, _numberBytes) = (elementType, rebuilding, type.Size, elementType.Size, type.Size);
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

    /// <summary>Bytes of a number in the file, or of the record that has it.</summary>
    public int Size { get; }

    /// <summary>Bytes in memory of what one of these gives.</summary>
    public int Width { get; }

    /// <summary>True where the bytes of the file are those of memory.</summary>
    public bool IsPlain => _rebuilding == Rebuilding.None && _place is null;

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

    /// <summary>The same numbers in records.</summary>
    public NumberFormat Within(RecordPlace place) => new(this, place);

    /// <summary>Turns stored numbers, or records, into elements; both spans hold as many.</summary>
    public void Convert(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        if (_place is null)
            ConvertNumbers(stored, elements);
        else if (_rebuilding == Rebuilding.None)
            _place.Gather(stored, elements);
        else
            ConvertRecords(_place, stored, elements);
    }

    private void ConvertNumbers(ReadOnlySpan<byte> stored, Span<byte> elements)
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
        if (type.Size == 2 && type.Bits == NumberBits.Half)
            return new NumberFormat(type, ElementType.Half, Order(type));
        if (type.Size == 4 && type.Bits == NumberBits.Single)
            return new NumberFormat(type, ElementType.Single, Order(type));
        if (type.Size == 8 && type.Bits == NumberBits.Double)
            return new NumberFormat(type, ElementType.Double, Order(type));
        bool fitsSingle = type.Bits.ExponentBits <= 8 && type.Bits.MantissaBits <= 23;
        return new NumberFormat(type, fitsSingle ? ElementType.Single : ElementType.Double, Rebuilding.Float);
    }

    private static Rebuilding Order(Hdf5Type type) => type.IsBigEndian && type.Size > 1 ? Rebuilding.Reversing : Rebuilding.None;

    /// <summary>Takes numbers out of records and converts them, so many at a time as stay in the cache.</summary>
    private void ConvertRecords(RecordPlace place, ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        const int together = 16 << 10;
        int most = Math.Min(stored.Length / Size, Math.Max(1, together / place.Bytes));
        using var numbers = new RentedBytes(most * place.Bytes);
        while (!stored.IsEmpty)
        {
            int count = Math.Min(most, stored.Length / Size);
            place.Gather(stored[..(count * Size)], numbers.Span);
            ConvertNumbers(numbers.Span[..(count * place.Bytes)], elements[..(count * Width)]);
            stored = stored[(count * Size)..];
            elements = elements[(count * Width)..];
        }
    }

    private void Reverse(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        switch (_numberBytes)
        {
            case 2:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(stored), MemoryMarshal.Cast<byte, ushort>(elements));
                break;
            case 4:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(stored), MemoryMarshal.Cast<byte, uint>(elements));
                break;
            case 8:
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(stored), MemoryMarshal.Cast<byte, ulong>(elements));
                break;
            default:
                throw new UnreachableException($"Numbers of {_numberBytes} bytes aren't turned around.");
        }
    }

    private void ConvertIntegers(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        int size = ElementType.Size;
        Span<byte> value = stackalloc byte[8];
        for (int i = 0; i < elements.Length / size; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(value, ToInt64(stored.Slice(i * _numberBytes, _numberBytes)));
            value[..size].CopyTo(elements[(i * size)..]);
        }
    }

    private void ConvertFloats(ReadOnlySpan<byte> stored, Span<byte> elements)
    {
        for (int i = 0; i < stored.Length / _numberBytes; i++)
        {
            double value = FloatBits.Float(stored.Slice(i * _numberBytes, _numberBytes), _isBigEndian, _bits);
            if (ElementType == ElementType.Single)
                MemoryMarshal.Cast<byte, float>(elements)[i] = (float)value;
            else
                MemoryMarshal.Cast<byte, double>(elements)[i] = value;
        }
    }
}
