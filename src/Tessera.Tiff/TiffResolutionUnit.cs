namespace Tessera;

/// <summary>The unit of a <see cref="TiffResolution"/>.</summary>
public enum TiffResolutionUnit
{
    /// <summary>None that TIFF knows: the numbers tell how much longer than wide a pixel is, or a description has the unit.</summary>
    None = 1,

    /// <summary>An inch, 25.4 mm.</summary>
    Inch = 2,

    /// <summary>A centimetre.</summary>
    Centimeter = 3,
}
