namespace Tessera.Hdf5Format;

/// <summary>An attribute as the file holds it: a name, a type, sizes, and the bytes of its elements.</summary>
internal sealed record AttributeMessage(FileName Name, Hdf5Type Type, Dataspace Space, byte[] Data)
{
    public static AttributeMessage Read(FileStructure structure, MetadataReader reader)
    {
        byte version = reader.Byte();
        if (version is < 1 or > 3)
            throw reader.Damaged($"an attribute has the version {version}; 1 to 3 are read", -1);
        byte flags = reader.Byte();
        (int nameBytes, int typeBytes, int spaceBytes) = (reader.UInt16(), reader.UInt16(), reader.UInt16());
        if (version == 3)
            reader.Skip(1); // the character set; ASCII is UTF-8, too

        FileName name = FileName.Of(Part(ref reader, nameBytes, version).Whole.TrimEnd((byte)0));
        MetadataReader type = Part(ref reader, typeBytes, version), space = Part(ref reader, spaceBytes, version);
        if (version > 1 && (flags & 1) != 0)
            type = structure.Shared(MessageKind.Datatype, type);
        if (version > 1 && (flags & 2) != 0)
            space = structure.Shared(MessageKind.Dataspace, space);

        Hdf5Type elements = DatatypeMessage.Read(ref type);
        Dataspace sizes = Dataspace.Read(space);
        UInt128 bytes = (UInt128)(sizes.Shape?.Length ?? 0) * (UInt128)elements.Size;
        if (bytes > (UInt128)reader.Remaining)
            throw reader.Damaged($"the attribute '{name.Text}' should have {sizes.Shape} elements of {elements.Size} bytes, and {reader.Remaining} bytes are there");
        return new AttributeMessage(name, elements, sizes, reader.Bytes((int)bytes).ToArray());
    }

    /// <summary>The next part, which the first version fills up to a multiple of 8 bytes.</summary>
    private static MetadataReader Part(ref MetadataReader reader, int bytes, byte version)
    {
        long address = reader.Address + reader.Position;
        var part = new MetadataReader(reader.File, address, reader.Bytes(bytes));
        if (version == 1)
            reader.Skip(Math.Min((8 - bytes % 8) % 8, reader.Remaining));
        return part;
    }
}
