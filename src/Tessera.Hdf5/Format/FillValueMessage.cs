namespace Tessera.Hdf5Format;

/// <summary>Reads what elements are that were never written: bytes of one element in the file's own type, or nothing for zeros.</summary>
internal static class FillValueMessage
{
    public static byte[] Read(MetadataReader reader, MessageKind kind)
    {
        if (kind == MessageKind.OldFillValue)
            return Value(ref reader);

        byte version = reader.Byte();
        switch (version)
        {
            case 1 or 2:
                reader.Skip(2);
                bool isDefined = reader.Byte() != 0;
                return version == 1 || isDefined ? Value(ref reader) : [];
            case 3:
                byte flags = reader.Byte();
                return (flags & 0x20) != 0 ? Value(ref reader) : [];
            default:
                throw reader.Damaged($"a fill value has the version {version}; 1 to 3 are read", -1);
        }
    }

    private static byte[] Value(ref MetadataReader reader)
    {
        uint bytes = reader.UInt32();
        return bytes is 0 or uint.MaxValue ? [] : reader.Bytes((int)Math.Min(bytes, int.MaxValue)).ToArray();
    }
}
