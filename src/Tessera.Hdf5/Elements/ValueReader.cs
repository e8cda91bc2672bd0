using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format;

/// <summary>
/// Turns stored bytes of any type into .NET objects, to look at attributes and small datasets. Objects are counted, and so are the bytes that lie
/// in the global heap: a small file may claim elements that were never written, and a damaged one refer to the same bytes a million times.
/// </summary>
/// <param name="structure">The file.</param>
/// <param name="asBytes">Whether texts come as the bytes that they are.</param>
internal sealed class ValueReader(FileStructure structure, bool asBytes = false)
{
    private const int MostObjects = 1 << 24;
    private const long MostRepeated = 32 << 20;
    private const int MostNesting = 32;
    private const int MostRank = 32;

    private long _mostBytes;
    private long _objects;
    private long _bytes;
    private int _depth;

    /// <summary>A single value for rank 0, else an array of the shape.</summary>
    public object? Read(Hdf5Type type, Shape shape, ReadOnlySpan<byte> stored)
    {
        _mostBytes = structure.File.Length + stored.Length + MostRepeated;
        return Values(type, shape, stored);
    }

    private object? Values(Hdf5Type type, Shape shape, ReadOnlySpan<byte> stored)
    {
        if (stored.Length < shape.Length * type.Size)
            throw Damaged($"{shape.Length} elements of {type.Size} bytes should be there, and {stored.Length} bytes are");
        return Values(type, shape, stored[..(int)(shape.Length * type.Size)], type.Size, 0);
    }

    /// <summary>Values that lie in records.</summary>
    /// <param name="type">What is taken out of each record.</param>
    /// <param name="shape">As many as there are records.</param>
    /// <param name="records">One behind the other.</param>
    /// <param name="recordBytes">Of each.</param>
    /// <param name="offset">Where the value begins in each.</param>
    private object? Values(Hdf5Type type, Shape shape, ReadOnlySpan<byte> records, int recordBytes, int offset)
    {
        switch (type.Kind)
        {
            case Hdf5TypeKind.Compound:
                return Members(type, shape, records, recordBytes, offset);
            case Hdf5TypeKind.Array:
                Shape all = Shape.Create([.. shape, .. type.Dimensions!.Value]);
                return Values(type.ElementsType!, all, Dense(type, shape, records, recordBytes, offset), type.ElementsType!.Size, 0);
        }

        if (shape.Rank == 0)
            return Value(type, records.Slice(offset, type.Size));
        if (type.Format is { } format)
            return Numbers(format.Within(new RecordPlace(recordBytes, offset, type.Size, [])), shape, records);

        Count(shape.Length, type);
        Array values = NewArray(ClassOf(type), shape);
        Span<object?> elements = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, object?>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length); // of references, whatever the rank
        for (int i = 0; i < elements.Length; i++)
            elements[i] = Value(type, records.Slice(i * recordBytes + offset, type.Size));
        return values;
    }

    /// <summary>A value for each member: an array with one of each record, or a single value where there is one record and no axis.</summary>
    private Dictionary<string, object?> Members(Hdf5Type type, Shape shape, ReadOnlySpan<byte> records, int recordBytes, int offset)
    {
        Count(1, type);
        var values = new Dictionary<string, object?>();
        foreach (Hdf5Member member in type.Members)
            values[member.Name] = Values(member.Type, shape, records, recordBytes, offset + member.Offset);
        return values;
    }

    /// <summary>The values of one type without what lies between them.</summary>
    private static ReadOnlySpan<byte> Dense(Hdf5Type type, Shape shape, ReadOnlySpan<byte> records, int recordBytes, int offset)
    {
        var place = new RecordPlace(recordBytes, offset, type.Size, []);
        if (place.IsWhole)
            return records;
        var dense = new byte[shape.Length * type.Size];
        place.Gather(records, dense);
        return dense;
    }

    private Type ClassOf(Hdf5Type type) => type.Kind switch
    {
        Hdf5TypeKind.String => asBytes ? typeof(byte[]) : typeof(string),
        Hdf5TypeKind.Reference => typeof(Hdf5Reference),
        Hdf5TypeKind.Opaque => typeof(byte[]),
        _ => typeof(object),
    };

    private static Array NewArray(Type type, Shape shape)
    {
        if (shape.Rank > MostRank)
            throw new NotSupportedException($"A value of the shape {shape} was to be read; .NET arrays have up to {MostRank} axes.");
        foreach (long size in shape)
        {
            if (size > Array.MaxLength)
                throw new NotSupportedException($"A value of the shape {shape} was to be read; .NET arrays have up to {Array.MaxLength} elements along an axis.");
        }

        return Array.CreateInstance(type, shape.ToArray());
    }

    /// <summary>Counts what is about to be made; of a compound, each member.</summary>
    private void Count(long values, Hdf5Type type)
    {
        if ((_objects += values * (1 + type.Members.Count)) > MostObjects)
            throw new NotSupportedException($"Over {MostObjects} values were to be read as objects; datasets of numbers are read as arrays, with Array<T>().");
    }

    private void CountBytes(long bytes)
    {
        if ((_bytes += bytes) > _mostBytes)
            throw Damaged($"the values together have more than {_mostBytes} bytes, and the file has {structure.File.Length}; they are the same bytes again and again");
    }

    private static Array Numbers(NumberFormat format, Shape shape, ReadOnlySpan<byte> stored)
    {
        Array values = NewArray(format.ElementType.ClrType, shape);
        Span<byte> bytes = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), checked(values.Length * format.ElementType.Size));
        format.Convert(stored, bytes);
        return values;
    }

    private object? Value(Hdf5Type type, ReadOnlySpan<byte> stored) => type.Kind switch
    {
        Hdf5TypeKind.String => type.IsVariableLength ? Text(Sequence(stored, 1).Span, false) : Text(stored, type.IsSpacePadded),
        Hdf5TypeKind.Sequence => Sequence(type.ElementsType!, stored),
        Hdf5TypeKind.Opaque or Hdf5TypeKind.Time => stored.ToArray(),
        Hdf5TypeKind.Reference => Reference(type, stored),
        _ => Number(type, stored),
    };

    private static object Number(Hdf5Type type, ReadOnlySpan<byte> stored)
    {
        NumberFormat format = type.Format
            ?? throw new NotSupportedException($"A value of type {type} was to be read; numbers of up to 8 bytes (16 for floating-point ones) are.");
        Span<byte> element = stackalloc byte[sizeof(ulong)];
        format.Convert(stored, element[..format.Width]);
        return format.ElementType switch
        {
            ElementType.Boolean => element[0] != 0,
            ElementType.SByte => (sbyte)element[0],
            ElementType.Byte => element[0],
            ElementType.Int16 => MemoryMarshal.Read<short>(element),
            ElementType.UInt16 => MemoryMarshal.Read<ushort>(element),
            ElementType.Int32 => MemoryMarshal.Read<int>(element),
            ElementType.UInt32 => MemoryMarshal.Read<uint>(element),
            ElementType.Int64 => MemoryMarshal.Read<long>(element),
            ElementType.UInt64 => MemoryMarshal.Read<ulong>(element),
            ElementType.Single => MemoryMarshal.Read<float>(element),
            ElementType.Double => MemoryMarshal.Read<double>(element),
            ElementType.Half => MemoryMarshal.Read<Half>(element),
            _ => throw new NotSupportedException($"A value of type {format.ElementType.Name} isn't read as an object."),
        };
    }

    private object Text(ReadOnlySpan<byte> stored, bool isSpacePadded)
    {
        int end = stored.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? stored : stored[..end];
        text = isSpacePadded ? text.TrimEnd((byte)' ') : text;
        return asBytes ? text.ToArray() : FileText.Decode(text);
    }

    private object? Sequence(Hdf5Type elements, ReadOnlySpan<byte> stored)
    {
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(stored);
        return Nested(elements, [count], Sequence(stored, elements.Size).Span);
    }

    private object? Nested(Hdf5Type elements, Shape shape, ReadOnlySpan<byte> stored)
    {
        if (++_depth > MostNesting)
            throw Damaged($"values are nested more than {MostNesting} deep");
        Count(1, elements);
        CountBytes(stored.Length);
        object? values = Values(elements, shape, stored);
        _depth--;
        return values;
    }

    /// <summary>The elements behind a count (4 bytes), the address of a heap and a number there.</summary>
    private ReadOnlyMemory<byte> Sequence(ReadOnlySpan<byte> stored, int elementSize)
    {
        var reader = new MetadataReader(structure.Bytes, 0, stored);
        uint count = reader.UInt32();
        long heap = reader.Offset();
        uint index = reader.UInt32();
        if (count == 0 || heap == FileBytes.Undefined || index == 0)
            return default;

        ReadOnlyMemory<byte> value = structure.GlobalHeap.Read(heap, index);
        long bytes = (long)count * elementSize;
        if (bytes > value.Length)
            throw Damaged($"a sequence of {count} elements is stated, and its {value.Length} bytes don't hold them");
        if (elementSize == 1)
            CountBytes(bytes); // of a text; others are counted as the arrays that they become
        return value[..(int)bytes];
    }

    private Hdf5Reference Reference(Hdf5Type type, ReadOnlySpan<byte> stored)
    {
        var reader = new MetadataReader(structure.Bytes, 0, stored);
        long address = type.Size >= structure.Bytes.OffsetSize ? reader.Offset() : FileBytes.Undefined;
        return new Hdf5Reference(type.IsObjectReference && address > 0 ? structure.PathOf(address) : null, address);
    }

    private InvalidDataException Damaged(string what) => structure.Bytes.Damaged(FileBytes.Undefined, what);
}
