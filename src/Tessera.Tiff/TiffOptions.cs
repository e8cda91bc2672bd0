using System.IO.Compression;

namespace Tessera;

/// <summary>How a TIFF file is written. The defaults give plain strips that every reader knows.</summary>
/// <example><code>
/// array.SaveTiff("movie.tif", new TiffOptions { Metadata = TiffMetadata.ImageJ, Axes = "TCYX", PixelSize = new(0.65, 0.65) });
/// array.SaveTiff("cells.tif", new TiffOptions { Compression = TiffCompression.Deflate, Predictor = TiffPredictor.Horizontal, TileSize = 256 });
/// </code></example>
public sealed record TiffOptions
{
    /// <summary><see cref="TiffCompression.None"/> or <see cref="TiffCompression.Deflate"/>; others are read only.</summary>
    public TiffCompression Compression { get; init; } = TiffCompression.None;

    /// <summary>How hard Deflate tries.</summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Optimal;

    /// <summary>With Deflate: <see cref="TiffPredictor.Horizontal"/> for integers, <see cref="TiffPredictor.FloatingPoint"/> for Half, float and double.</summary>
    public TiffPredictor Predictor { get; init; } = TiffPredictor.None;

    /// <summary>Width and height of square tiles, in pixels: a multiple of 16. Left out, the pages are written in strips.</summary>
    public int? TileSize { get; init; }

    /// <summary>Rows of a strip, 1 or more. Left out, as many as make about 256 KB.</summary>
    public int? RowsPerStrip { get; init; }

    /// <summary>
    /// <see cref="TiffPhotometric.Rgb"/>: the last axis holds the 3 or 4 samples of a pixel (red, green, blue, alpha).
    /// <see cref="TiffPhotometric.MinIsBlack"/>: grey; a first axis of three are pages. Left out, arrays of <see cref="byte"/> and
    /// <see cref="ushort"/> of shape (height, width, 3 or 4) or (pages, height, width, 3 or 4) are RGB, as <see cref="Png"/> has it, and all
    /// others are grey: say MinIsBlack for pages that are only 3 or 4 pixels wide.
    /// </summary>
    public TiffPhotometric? Photometric { get; init; }

    /// <summary>
    /// Whether the file tells what the array's axes are, and in whose way. With <see cref="TiffMetadata.ImageJ"/> or <see cref="TiffMetadata.Ome"/>,
    /// arrays have up to five axes, and RGB's samples.
    /// </summary>
    public TiffMetadata Metadata { get; init; } = TiffMetadata.None;

    /// <summary>
    /// With <see cref="Metadata"/>, a letter for each axis of the array: T time, Z depth, C channels, then YX, then S for the samples of RGB.
    /// Left out, arrays of two axes are YX, of five TZCYX, and of six TZCYXS; bytes and ushorts of shape (height, width, 3 or 4) are YXS. Of others of
    /// three and four axes it must be said which they are.
    /// </summary>
    public string? Axes { get; init; }

    /// <summary>
    /// How large a pixel is, in micrometres. Plain TIFF tells it as a resolution in pixels to the centimetre, without a
    /// <see cref="TiffPixelSize.Z"/>; ImageJ and OME-TIFF in their own way as well.
    /// </summary>
    public TiffPixelSize? PixelSize { get; init; }

    /// <summary>How many pixels there are to a length, if it isn't measured in micrometres. Not beside <see cref="PixelSize"/>.</summary>
    public TiffResolution? Resolution { get; init; }

    /// <summary>
    /// A text about the image: the first page's description; ImageJ shows it as the image's information, and OME-XML has it as the image's
    /// description. Written as UTF-8, of which plain TIFF promises its readers ASCII only.
    /// </summary>
    public string? Description { get; init; }

    /// <summary>BigTIFF (true) or classic TIFF (false). Left out, BigTIFF where the file passes 4 GB, which classic TIFF can't.</summary>
    public bool? BigTiff { get; init; }
}
