namespace Tessera.TiffFormat;

/// <summary>How many pixels of a page there are to a length, and from that how large they are.</summary>
internal static class PageResolution
{
    /// <summary>What a directory says; null if it says nothing, or what can't be.</summary>
    public static TiffResolution? Read(TagDirectory tags)
    {
        try
        {
            double? x = Fraction(tags, TiffTag.XResolution), y = Fraction(tags, TiffTag.YResolution);
            if ((x ?? y) is null)
                return null;
            long unit = tags.Find(TiffTag.ResolutionUnit) is { IntegerSize: > 0, Count: > 0 } ? tags.Number(TiffTag.ResolutionUnit) : (long)TiffResolutionUnit.Inch;
            return new TiffResolution(
                (x ?? y)!.Value, (y ?? x)!.Value, unit is (long)TiffResolutionUnit.Inch or (long)TiffResolutionUnit.Centimeter ? (TiffResolutionUnit)unit : TiffResolutionUnit.None);
        }
        catch (InvalidDataException)
        {
            return null; // beyond the end of the file
        }
    }

    /// <summary>The size of a pixel, if the resolution's unit is a length.</summary>
    public static TiffPixelSize? PixelSize(TiffResolution? resolution) => resolution switch
    {
        { Unit: TiffResolutionUnit.Inch } to => new TiffPixelSize(25_400 / to.X, 25_400 / to.Y),
        { Unit: TiffResolutionUnit.Centimeter } to => new TiffPixelSize(10_000 / to.X, 10_000 / to.Y),
        _ => null,
    };

    private static double? Fraction(TagDirectory tags, TiffTag tag)
    {
        if (tags.Find(tag) is not { Type: 5, Count: > 0 } field)
            return null;
        (long top, long bottom) = (tags.UnsignedAt(field.ValuesAt, 4), tags.UnsignedAt(field.ValuesAt + 4, 4));
        return top > 0 && bottom > 0 ? (double)top / bottom : null;
    }
}
