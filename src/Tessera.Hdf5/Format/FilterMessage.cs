namespace Tessera.Hdf5Format;

/// <summary>Reads the filters that the chunks of a dataset pass, in the order in which they were applied.</summary>
internal static class FilterMessage
{
    private const int MostFilters = 32; // a chunk's mask has a bit for each

    public static IReadOnlyList<FilterSpec> Read(MetadataReader reader)
    {
        byte version = reader.Byte();
        int count = reader.Byte();
        if (version is not (1 or 2))
            throw reader.Damaged($"a filter pipeline has the version {version}; 1 and 2 are read", -2);
        if (count > MostFilters)
            throw reader.Damaged($"{count} filters are stated; a dataset has at most {MostFilters}", -1);
        if (version == 1)
            reader.Skip(6);

        var filters = new FilterSpec[count];
        for (int i = 0; i < count; i++)
            filters[i] = ReadFilter(ref reader, version);
        return filters;
    }

    private static FilterSpec ReadFilter(ref MetadataReader reader, byte version)
    {
        int id = reader.UInt16();
        int nameBytes = version == 1 || id >= 256 ? reader.UInt16() : 0;
        int flags = reader.UInt16(), values = reader.UInt16();
        string name = FileText.Decode(reader.Bytes(version == 1 ? (nameBytes + 7) & ~7 : nameBytes).TrimEnd((byte)0));
        if (reader.Remaining < 4 * values)
            throw reader.Damaged($"{values} parameters of filter {id} are stated, and {reader.Remaining} bytes are left");
        var parameters = new uint[values];
        for (int i = 0; i < values; i++)
            parameters[i] = reader.UInt32();
        if (version == 1 && values % 2 == 1)
            reader.Skip(4);
        return new FilterSpec(id, name.Length == 0 ? null : name, (flags & 1) != 0, parameters);
    }
}
