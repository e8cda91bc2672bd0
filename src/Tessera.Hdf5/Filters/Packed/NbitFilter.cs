namespace Tessera.Hdf5Format;

/// <summary>
/// Keeps only those bits of each element that its type uses, and packs them without gaps; what isn't used is zero when it comes back. The parameters
/// are their own number, whether nothing is packed, the number of elements, and the type.
/// </summary>
internal sealed class NbitFilter(uint[] parameters) : ChunkFilter(KnownFilters.Nbit)
{
    private const int TypeBegins = 3;

    public override string Name => "nbit";

    public override long MostEncoded(long bytes) => bytes + 8;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (parameters.Length < TypeBegins || parameters[0] != (uint)parameters.Length)
            throw Damaged($"it has {parameters.Length} parameters, and the first should tell that");
        if (parameters[1] != 0)
            return source.TryCopyTo(destination) ? source.Length : throw TooLong(destination.Length);

        int next = TypeBegins;
        PackedType type = PackedType.Parse(parameters, ref next, depth: 0) ?? throw Damaged("its parameters describe no type");
        long count = parameters[2], size = count * type.Size;
        if (size > destination.Length)
            throw TooLong(destination.Length);
        if (type.Bits * (Int128)count > source.Length * 8L)
            throw Damaged($"{count} elements of {type.Bits} bits are in fewer, {source.Length} bytes");

        Span<byte> elements = destination[..(int)size];
        elements.Clear();
        var bits = new HighBits(source);
        for (int at = 0; at < elements.Length; at += type.Size)
            type.Unpack(ref bits, elements.Slice(at, type.Size));
        return elements.Length;
    }
}
