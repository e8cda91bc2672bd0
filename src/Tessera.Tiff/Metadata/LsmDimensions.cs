using System.Buffers.Binary;

namespace Tessera.TiffFormat;

/// <summary>The sizes that a Zeiss LSM file gives in its own tag (CZ_LSMINFO), a structure that is little end first.</summary>
internal sealed record LsmDimensions(int Depth, int Channels, int Times, int Scan, int Positions, int Mosaic, TiffPixelSize? PixelSize)
{
    private const int Bytes = 272;
    private const int Most = 1 << 20; // of one axis; products stay far from overflow

    /// <summary>What the tag says.</summary>
    /// <exception cref="InvalidDataException">It isn't there.</exception>
    public static LsmDimensions Read(TagDirectory tags)
    {
        ReadOnlySpan<byte> tag = tags.Text(tags.Need(TiffTag.LsmInfo), Bytes, upToZero: false);
        return new LsmDimensions(At(tag, 16), At(tag, 20), At(tag, 24), At(tag, 88) & 0xFFFF, At(tag, 264), At(tag, 268), Voxel(tag));
    }

    /// <summary>The axes of pages, slowest first. Channels are samples of a page; one that has other samples has axes that aren't known.</summary>
    public (char Axis, long Size)[] Outer(int samples)
    {
        if (Math.Max(1, Channels) != samples)
            return [];

        // Series of one plane over time (3, 5 and 9) go through time before depth.
        (char, long)[] inner = Scan is 3 or 5 or 9 ? [('Z', Depth), ('T', Times)] : [('T', Times), ('Z', Depth)];
        return [('M', Math.Max(1, Mosaic)), ('P', Math.Max(1, Positions)), .. inner];
    }

    /// <summary>The tag has metres.</summary>
    private static TiffPixelSize? Voxel(ReadOnlySpan<byte> tag) =>
        Length(tag, 40) is { } x && Length(tag, 48) is { } y ? new TiffPixelSize(x, y, Length(tag, 56)) : null;

    private static double? Length(ReadOnlySpan<byte> tag, int at) =>
        at + sizeof(double) <= tag.Length ? LengthUnit.Of(BinaryPrimitives.ReadDoubleLittleEndian(tag[at..]), "m") : null;

    private static int At(ReadOnlySpan<byte> tag, int at) =>
        at + sizeof(int) <= tag.Length ? Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(tag[at..]), 0, Most) : 0;
}
