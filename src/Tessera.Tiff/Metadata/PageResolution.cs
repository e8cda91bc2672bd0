namespace Tessera.TiffFormat;

/// <summary>How many pixels of a page there are to a length, as the fractions of the file, and from that how large they are.</summary>
/// <param name="X">Pixels of a row to the unit.</param>
/// <param name="Y">Rows to the unit.</param>
/// <param name="Unit">The unit.</param>
internal sealed record PageResolution(PixelFraction X, PixelFraction Y, TiffResolutionUnit Unit)
{
    /// <summary>As it is told to the user.</summary>
    public TiffResolution Rounded => new((double)X.Pixels / X.Units, (double)Y.Pixels / Y.Units, Unit);

    /// <summary>The size of a pixel, if the unit is a length.</summary>
    public TiffPixelSize? PixelSize => Unit switch
    {
        TiffResolutionUnit.Inch => new TiffPixelSize(X.SizeIn(25_400), Y.SizeIn(25_400)),
        TiffResolutionUnit.Centimeter => new TiffPixelSize(X.SizeIn(10_000), Y.SizeIn(10_000)),
        _ => null,
    };

    /// <summary>What a directory says; null if it says nothing, or what can't be.</summary>
    public static PageResolution? Read(TagDirectory tags)
    {
        try
        {
            PixelFraction? x = Fraction(tags, TiffTag.XResolution), y = Fraction(tags, TiffTag.YResolution);
            if ((x ?? y) is null)
                return null;
            long unit = tags.Find(TiffTag.ResolutionUnit) is { IntegerSize: > 0, Count: > 0 } ? tags.Number(TiffTag.ResolutionUnit) : (long)TiffResolutionUnit.Inch;
            return new PageResolution(
                (x ?? y)!.Value, (y ?? x)!.Value, unit is (long)TiffResolutionUnit.Inch or (long)TiffResolutionUnit.Centimeter ? (TiffResolutionUnit)unit : TiffResolutionUnit.None);
        }
        catch (InvalidDataException)
        {
            return null; // beyond the end of the file
        }
    }

    private static PixelFraction? Fraction(TagDirectory tags, TiffTag tag)
    {
        if (tags.Find(tag) is not { Type: 5, Count: > 0 } field)
            return null;
        (long pixels, long units) = (tags.UnsignedAt(field.ValuesAt, 4), tags.UnsignedAt(field.ValuesAt + 4, 4));
        return pixels > 0 && units > 0 ? new PixelFraction(pixels, units) : null;
    }
}
