namespace Tessera.Hdf5Format;

/// <summary>
/// Reads a type: eight bytes of class, flags and size, and behind them what the class needs, which may be further types.
/// </summary>
internal static class DatatypeMessage
{
    private const int MostNesting = 32;
    private const int MostAxes = 32;

    public static Hdf5Type Read(ref MetadataReader reader) => Read(ref reader, 0);

    private static Hdf5Type Read(ref MetadataReader reader, int depth)
    {
        if (depth > MostNesting)
            throw reader.Damaged($"types are nested more than {MostNesting} deep");
        byte first = reader.Byte();
        (int version, var kind) = (first >> 4, (Hdf5TypeKind)(first & 15));
        if (version is < 1 or > 4)
            throw reader.Damaged($"a type has the version {version}; 1 to 4 are read", -1);
        int flags = (int)reader.Number(3);
        uint size = reader.UInt32();
        if (size is 0 or > int.MaxValue)
            throw reader.Damaged($"a type of {size} bytes is stated", -4);

        return kind switch
        {
            Hdf5TypeKind.Integer or Hdf5TypeKind.Bitfield => ReadInteger(ref reader, kind, (int)size, flags),
            Hdf5TypeKind.Float => ReadFloat(ref reader, (int)size, flags),
            Hdf5TypeKind.Time => new Hdf5Type(kind, (int)Skip(ref reader, 2, size)),
            Hdf5TypeKind.String => new Hdf5Type(kind, (int)size) { IsSpacePadded = (flags & 15) == 2 },
            Hdf5TypeKind.Opaque => new Hdf5Type(kind, (int)size) { Tag = Text(reader.Bytes(flags & 0xFF)) },
            Hdf5TypeKind.Compound => ReadCompound(ref reader, version, (int)size, flags & 0xFFFF, depth),
            Hdf5TypeKind.Reference => new Hdf5Type(kind, (int)size) { IsObjectReference = (flags & 15) == 0 },
            Hdf5TypeKind.Enum => ReadEnum(ref reader, version, (int)size, flags & 0xFFFF, depth),
            Hdf5TypeKind.Sequence => ReadSequence(ref reader, (int)size, flags, depth),
            Hdf5TypeKind.Array => ReadArray(ref reader, version, (int)size, depth),
            _ => throw reader.Damaged($"a type of class {(int)kind} is stated; 0 to 10 are known", -8),
        };
    }

    private static Hdf5Type ReadInteger(ref MetadataReader reader, Hdf5TypeKind kind, int size, int flags)
    {
        (int offset, int precision) = (reader.UInt16(), reader.UInt16());
        if (precision == 0 || offset + precision > 8L * size)
            throw reader.Damaged($"{precision} bits from bit {offset} on are stated of a number of {size} bytes", -4);
        return new Hdf5Type(kind, size)
        {
            IsBigEndian = (flags & 1) != 0,
            IsSigned = kind == Hdf5TypeKind.Integer && (flags & 8) != 0,
            Bits = new NumberBits(offset, precision),
        };
    }

    private static Hdf5Type ReadFloat(ref MetadataReader reader, int size, int flags)
    {
        var bits = new NumberBits(
            reader.UInt16(), reader.UInt16(), flags >> 8 & 0xFF, reader.Byte(), reader.Byte(), reader.Byte(), reader.Byte(), reader.UInt32(), (flags >> 4 & 3) == 2);
        long most = 8L * size;
        if (bits.Offset + bits.Precision > most || bits.Sign >= most || bits.ExponentAt + bits.ExponentBits > most || bits.MantissaAt + bits.MantissaBits > most)
            throw reader.Damaged($"a floating-point number of {size} bytes has parts that stick out of it ({bits})", -12);
        return new Hdf5Type(Hdf5TypeKind.Float, size) { IsBigEndian = (flags & 1) != 0, IsVaxOrder = (flags & 0x40) != 0, Bits = bits };
    }

    private static Hdf5Type ReadCompound(ref MetadataReader reader, int version, int size, int count, int depth)
    {
        var members = new List<Hdf5Member>();
        var names = new List<FileName>();
        long taken = 0;
        int offsetBytes = size switch { < 0x100 => 1, < 0x10000 => 2, < 0x1000000 => 3, _ => 4 };
        for (int i = 0; i < count; i++)
        {
            FileName name = Name(ref reader, padded: version < 3);
            ulong offset = version < 3 ? reader.UInt32() : reader.Number(offsetBytes);
            Shape? dimensions = version == 1 ? ReadOldDimensions(ref reader) : null;
            Hdf5Type type = Read(ref reader, depth + 1);
            if (dimensions is { } shape)
                type = ArrayOf(reader, type, shape);
            if (offset > (ulong)size || type.Size > size - (int)offset)
                throw reader.Damaged($"the member '{name.Text}' of {type.Size} bytes at byte {offset} sticks out of a compound of {size}");
            if ((taken += type.Size) > size)
                throw reader.Damaged($"the members up to '{name.Text}' have {taken} bytes together, and their compound has {size}; they overlap");
            names.Add(name);
            members.Add(new Hdf5Member(name.Text, (int)offset, type) { IsLatin1 = name.IsLatin1 });
        }

        return new Hdf5Type(Hdf5TypeKind.Compound, size) { Members = [.. members.Zip(FileName.Distinct(names), (member, name) => member with { Name = name.Text })] };
    }

    /// <summary>In the first version, a member has sizes of its own instead of being of an array type; none where it is a single value.</summary>
    private static Shape? ReadOldDimensions(ref MetadataReader reader)
    {
        int rank = reader.Byte();
        reader.Skip(11); // reserved, and an order of axes that nothing ever used
        var sizes = new long[4];
        for (int i = 0; i < 4; i++)
            sizes[i] = reader.UInt32();
        if (rank > 4)
            throw reader.Damaged($"a member with {rank} axes is stated; it has at most 4", -28);
        return rank == 0 ? null : CheckedShape(reader, sizes.AsSpan(0, rank));
    }

    private static Hdf5Type ReadEnum(ref MetadataReader reader, int version, int size, int count, int depth)
    {
        Hdf5Type number = Read(ref reader, depth + 1);
        if (number.Kind != Hdf5TypeKind.Integer || number.Size != size || size > 8)
            throw reader.Damaged($"an enum of {size} bytes is made of {number}; it is made of an integer of as many bytes");
        var names = new FileName[count];
        for (int i = 0; i < count; i++)
            names[i] = Name(ref reader, padded: version < 3);

        names = FileName.Distinct(names);
        var values = new Dictionary<string, long>();
        NumberFormat format = number.Format!;
        for (int i = 0; i < count; i++)
            values[names[i].Text] = format.ToInt64(reader.Bytes(size));
        return new Hdf5Type(Hdf5TypeKind.Enum, size) { ElementsType = number, Names = values, Latin1Names = [.. names.Where(name => name.IsLatin1).Select(name => name.Text)], IsBigEndian = number.IsBigEndian, IsSigned = number.IsSigned, Bits = number.Bits };
    }

    private static Hdf5Type ReadSequence(ref MetadataReader reader, int size, int flags, int depth)
    {
        Hdf5Type elements = Read(ref reader, depth + 1);
        if (size != 8 + reader.File.OffsetSize)
            throw reader.Damaged($"a sequence of variable length takes {size} bytes; in this file it takes {8 + reader.File.OffsetSize}");
        return (flags & 15) == 1
            ? new Hdf5Type(Hdf5TypeKind.String, size) { IsVariableLength = true }
            : new Hdf5Type(Hdf5TypeKind.Sequence, size) { ElementsType = elements };
    }

    private static Hdf5Type ReadArray(ref MetadataReader reader, int version, int size, int depth)
    {
        int rank = reader.Byte();
        if (rank > MostAxes)
            throw reader.Damaged($"an array type of {rank} axes is stated; it has at most {MostAxes}", -1);
        if (version < 3)
            reader.Skip(3);
        var sizes = new long[rank];
        for (int i = 0; i < rank; i++)
            sizes[i] = reader.UInt32();
        if (version < 3)
            reader.Skip(4 * rank); // an order of axes that nothing ever used
        Hdf5Type array = ArrayOf(reader, Read(ref reader, depth + 1), CheckedShape(reader, sizes));
        return array.Size == size ? array : throw reader.Damaged($"an array type of {size} bytes is stated, and its elements take {array.Size}");
    }

    private static Hdf5Type ArrayOf(MetadataReader reader, Hdf5Type elements, Shape shape) =>
        shape.Length <= int.MaxValue / elements.Size
            ? new Hdf5Type(Hdf5TypeKind.Array, (int)shape.Length * elements.Size) { ElementsType = elements, Dimensions = shape }
            : throw reader.Damaged($"an array type of {shape} elements of {elements.Size} bytes is stated");

    private static Shape CheckedShape(MetadataReader reader, ReadOnlySpan<long> sizes)
    {
        long length = 1;
        foreach (long size in sizes)
        {
            if (size == 0 || length > int.MaxValue / size)
                throw reader.Damaged("an array type without elements, or with more than any file holds, is stated");
            length *= size;
        }

        return Shape.Create(sizes);
    }

    private static FileName Name(ref MetadataReader reader, bool padded)
    {
        int start = reader.Position;
        FileName name = FileName.Of(reader.NulTerminated());
        if (padded)
            reader.Skip(Math.Min((8 - (reader.Position - start) % 8) % 8, reader.Remaining));
        return name;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => FileText.Decode(bytes.TrimEnd((byte)0));

    private static uint Skip(ref MetadataReader reader, int bytes, uint size)
    {
        reader.Skip(bytes);
        return size;
    }
}
