namespace Tessera;

/// <summary>What is done to the rows of a TIFF page before they are compressed, so that they compress better.</summary>
public enum TiffPredictor
{
    /// <summary>Nothing.</summary>
    None = 1,

    /// <summary>Each sample is stored as its difference from the one to the left; for integers.</summary>
    Horizontal = 2,

    /// <summary>The bytes of a row are sorted by significance and differenced (Adobe Technical Note 3); for floating point.</summary>
    FloatingPoint = 3,
}
