using System.Text;

namespace Tessera.Hdf5Format;

/// <summary>A link as the file holds it.</summary>
/// <param name="Link">What users see of it.</param>
/// <param name="Address">Hard links: the object's header.</param>
/// <param name="Order">When it was made, counted from 0; -1 where the file doesn't say.</param>
internal sealed record LinkEntry(Hdf5Link Link, long Address, long Order)
{
    public static LinkEntry Hard(string name, long address) => new(new Hdf5Link(name, Hdf5LinkKind.Hard, null, null), address, -1);

    public static LinkEntry Soft(string name, string target) => new(new Hdf5Link(name, Hdf5LinkKind.Soft, target, null), FileBytes.Undefined, -1);

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
        string name = Encoding.UTF8.GetString(reader.Bytes((int)Math.Min(nameBytes, int.MaxValue)));

        switch (kind)
        {
            case 0:
                return Hard(name, reader.Offset()) with { Order = order };
            case 1:
                return Soft(name, Encoding.UTF8.GetString(reader.Bytes(reader.UInt16()))) with { Order = order };
            case 64:
                ReadOnlySpan<byte> value = reader.Bytes(reader.UInt16());
                value = value.IsEmpty ? value : value[1..]; // version and flags
                int end = value.IndexOf((byte)0);
                if (end < 0)
                    throw reader.Damaged($"the external link '{name}' names no file");
                string file = Encoding.UTF8.GetString(value[..end]), path = Encoding.UTF8.GetString(value[(end + 1)..]).TrimEnd('\0');
                return new LinkEntry(new Hdf5Link(name, Hdf5LinkKind.External, path, file), FileBytes.Undefined, order);
            default:
                return new LinkEntry(new Hdf5Link(name, Hdf5LinkKind.Other, null, null), FileBytes.Undefined, order);
        }
    }

    /// <summary>A link of an old-style group.</summary>
    public static LinkEntry Of(Symbol symbol) =>
        symbol.Target is { } target ? Soft(symbol.Name, target) : Hard(symbol.Name, symbol.ObjectHeaderAddress);
}
