namespace Tessera;

/// <summary>What the samples of a TIFF page mean when it is shown. Reading gives the samples as they are stored, whatever this says.</summary>
public enum TiffPhotometric
{
    /// <summary>Grey; 0 is white.</summary>
    MinIsWhite = 0,

    /// <summary>Grey; 0 is black.</summary>
    MinIsBlack = 1,

    /// <summary>Red, green, blue, and alpha where there is a fourth sample.</summary>
    Rgb = 2,

    /// <summary>
    /// Shown in the colours of a table, which <see cref="TiffPage.ReadColorMap"/> gives. The samples are indices into it; in microscopy they are as
    /// often intensities, and the table only how they look.
    /// </summary>
    Palette = 3,

    /// <summary>Which pixels of another page are seen: those that are 1.</summary>
    TransparencyMask = 4,

    /// <summary>Inks, mostly cyan, magenta, yellow and black.</summary>
    Separated = 5,

    /// <summary>Brightness and two differences of colour.</summary>
    YCbCr = 6,

    /// <summary>CIE L*a*b*; a* and b* are signed.</summary>
    CieLab = 8,

    /// <summary>CIE L*a*b* with a* and b* as ICC profiles have them, unsigned.</summary>
    IccLab = 9,

    /// <summary>CIE L*a*b* as fax machines have it (ITU-T T.42).</summary>
    ItuLab = 10,

    /// <summary>What a sensor measured behind a mosaic of coloured filters: one colour for each pixel.</summary>
    ColorFilterArray = 32803,

    /// <summary>The logarithm of the luminance.</summary>
    LogL = 32844,

    /// <summary>The logarithm of the luminance, and the colour in CIE u′v′.</summary>
    LogLuv = 32845,

    /// <summary>What a sensor measured, in the order of its own colours.</summary>
    LinearRaw = 34892,

    /// <summary>Something else, or more than one thing.</summary>
    Other = 65535,
}
