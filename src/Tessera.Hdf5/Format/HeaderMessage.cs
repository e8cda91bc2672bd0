namespace Tessera.Hdf5Format;

/// <summary>One statement about an object, as its header holds it: its shape, its type, a link, an attribute.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Flags">Bit 1: the message lies elsewhere, and <paramref name="Body"/> says where.</param>
/// <param name="Body">What it says.</param>
/// <param name="Address">Where the body lies in the file.</param>
internal sealed record HeaderMessage(MessageKind Kind, byte Flags, byte[] Body, long Address)
{
    public bool IsShared => (Flags & 2) != 0;

    public MetadataReader Reader(FileBytes file) => new(file, Address, Body);
}

/// <summary>The kinds of header messages, by their numbers in the format.</summary>
internal enum MessageKind : ushort
{
    Nil = 0x00,
    Dataspace = 0x01,
    LinkTable = 0x02, // "link info": where the links of a large group lie
    Datatype = 0x03,
    OldFillValue = 0x04,
    FillValue = 0x05,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    FilterPipeline = 0x0B,
    Attribute = 0x0C,
    SharedMessageTable = 0x0F,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeTable = 0x15, // "attribute info"
}
