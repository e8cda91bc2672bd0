namespace Tessera.Hdf5Format;

/// <summary>A link as the file holds it.</summary>
/// <param name="Link">What users see of it.</param>
/// <param name="Address">Hard links: the object's header.</param>
/// <param name="Order">When it was made, counted from 0; -1 where the file doesn't say.</param>
/// <param name="ExactTarget">Soft and external links: the target with names in their exact spelling (see <see cref="FileName"/>).</param>
internal sealed record LinkEntry(Hdf5Link Link, long Address, long Order, string? ExactTarget = null)
{
    /// <summary>The link's own name.</summary>
    public FileName Name => new(Link.Name, Link.IsLatin1);

    /// <summary>The link under another spelling of its name.</summary>
    public LinkEntry Named(FileName name) => name == Name ? this : this with { Link = Link with { Name = name.Text } };

    public static LinkEntry Hard(FileName name, long address) => new(new Hdf5Link(name.Text, Hdf5LinkKind.Hard, null, null) { IsLatin1 = name.IsLatin1 }, address, -1);

    public static LinkEntry Soft(FileName name, ReadOnlySpan<byte> target) => Of(name, Hdf5LinkKind.Soft, target);

    /// <summary>Reads a link message.</summary>
    public static LinkEntry Read(MetadataReader reader)
    {
        byte version = reader.Byte();
        if (version != 1)
            throw reader.Damaged($"a link has the version {version}; 1 is read", -1);
        byte flags = reader.Byte();
        byte kind = (flags & 8) != 0 ? reader.Byte() : (byte)0;
        long order = (flags & 4) != 0 ? (long)reader.UInt64() : -1;
        if ((flags & 16) != 0)
            reader.Skip(1); // the character set; ASCII is UTF-8, too
        ulong nameBytes = reader.Number(1 << (flags & 3));
        FileName name = FileName.Of(reader.Bytes((int)Math.Min(nameBytes, int.MaxValue)));

        switch (kind)
        {
            case 0:
                return Hard(name, reader.Offset()) with { Order = order };
            case 1:
                return Soft(name, reader.Bytes(reader.UInt16())) with { Order = order };
            case 64:
                ReadOnlySpan<byte> value = reader.Bytes(reader.UInt16());
                value = value.IsEmpty ? value : value[1..]; // version and flags
                int end = value.IndexOf((byte)0);
                if (end < 0)
                    throw reader.Damaged($"the external link '{name.Text}' names no file");
                return Of(name, Hdf5LinkKind.External, value[(end + 1)..].TrimEnd((byte)0), FileText.Decode(value[..end])) with { Order = order };
            default:
                return Of(name, Hdf5LinkKind.Other) with { Order = order };
        }
    }

    /// <summary>A link of an old-style group.</summary>
    public static LinkEntry Of(Symbol symbol) =>
        symbol.Target is { } target ? Soft(symbol.Name, target) : Hard(symbol.Name, symbol.ObjectHeaderAddress);

    private static LinkEntry Of(FileName name, Hdf5LinkKind kind) => new(new Hdf5Link(name.Text, kind, null, null) { IsLatin1 = name.IsLatin1 }, FileBytes.Undefined, -1);

    private static LinkEntry Of(FileName name, Hdf5LinkKind kind, ReadOnlySpan<byte> target, string? file = null) =>
        new(new Hdf5Link(name.Text, kind, FileText.Decode(target), file) { IsLatin1 = name.IsLatin1 }, FileBytes.Undefined, -1, FileName.ExactPath(target));
}
