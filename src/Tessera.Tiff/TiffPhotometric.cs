namespace Tessera;

/// <summary>
/// What the samples of a TIFF page mean when it is shown. Reading gives the samples as they are stored, whatever this says; palettes (3) and
/// YCbCr (6), whose samples aren't values, are refused.
/// </summary>
public enum TiffPhotometric
{
    /// <summary>Grey; 0 is white.</summary>
    MinIsWhite = 0,

    /// <summary>Grey; 0 is black.</summary>
    MinIsBlack = 1,

    /// <summary>Red, green, blue, and alpha where there is a fourth sample.</summary>
    Rgb = 2,

    /// <summary>Something else; the samples are read as they are stored.</summary>
    Other = 65535,
}
