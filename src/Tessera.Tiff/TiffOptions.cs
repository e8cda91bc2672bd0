using System.IO.Compression;

namespace Tessera;

/// <summary>How a TIFF file is written. The defaults give plain strips that every reader knows.</summary>
/// <example><code>
/// array.SaveTiff("cells.tif", new TiffOptions { Compression = TiffCompression.Deflate, Predictor = TiffPredictor.Horizontal, TileSize = 256 });
/// </code></example>
public sealed record TiffOptions
{
    /// <summary><see cref="TiffCompression.None"/> or <see cref="TiffCompression.Deflate"/>; others are read only.</summary>
    public TiffCompression Compression { get; init; } = TiffCompression.None;

    /// <summary>How hard Deflate tries.</summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Optimal;

    /// <summary>With Deflate: <see cref="TiffPredictor.Horizontal"/> for integers, <see cref="TiffPredictor.FloatingPoint"/> for float and double.</summary>
    public TiffPredictor Predictor { get; init; } = TiffPredictor.None;

    /// <summary>Width and height of square tiles, in pixels: a multiple of 16. Left out, the pages are written in strips.</summary>
    public int? TileSize { get; init; }

    /// <summary>Rows of a strip, 1 or more. Left out, as many as make about 256 KB.</summary>
    public int? RowsPerStrip { get; init; }

    /// <summary>
    /// <see cref="TiffPhotometric.MinIsBlack"/>, or <see cref="TiffPhotometric.Rgb"/>: then the last axis holds the 3 or 4 samples of a pixel
    /// (red, green, blue, alpha).
    /// </summary>
    public TiffPhotometric Photometric { get; init; } = TiffPhotometric.MinIsBlack;

    /// <summary>BigTIFF (true) or classic TIFF (false). Left out, BigTIFF where the file passes 4 GB, which classic TIFF can't.</summary>
    public bool? BigTiff { get; init; }
}
