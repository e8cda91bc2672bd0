namespace Tessera.TiffFormat;

/// <summary>
/// How an array becomes pages and segments: its last two axes are a page, or the last three if the last one holds samples, and those before
/// count pages. Checked when made, so that a file that can't be written is refused before anything is computed.
/// </summary>
internal sealed class SinkLayout
{
    private const int UsualStripBytes = 256 * 1024;
    private const long MostSegmentBytes = 1L << 30;

    public SinkLayout(ElementType element, Shape shape, TiffOptions options)
    {
        ElementType = element;
        Shape = shape;
        Options = options;
        CheckOptions(element, options);

        var axes = SinkAxes.Of(element, shape, options);
        Description = new SinkDescription(element, axes, options);
        Photometric = axes.HasSamples ? TiffPhotometric.Rgb : TiffPhotometric.MinIsBlack;
        OuterAxes = axes.Outer;
        Pages = shape.Take(OuterAxes).Aggregate(1L, (pages, size) => checked(pages * size));
        Height = shape[OuterAxes];
        Width = shape[OuterAxes + 1];
        Samples = axes.HasSamples ? (int)shape[OuterAxes + 2] : 1;
        if (Height > uint.MaxValue || Width > uint.MaxValue)
            throw new NotSupportedException($"A TIFF page has at most {uint.MaxValue} rows and columns; the array has the shape {shape}.");

        SegmentColumns = options.TileSize ?? Width;
        SegmentRows = options.TileSize ?? Math.Min(Height, options.RowsPerStrip ?? Math.Max(1, UsualStripBytes / RowBytes));
        if (SegmentRows > MostSegmentBytes / RowBytes)
        {
            throw new NotSupportedException(
                $"A strip or tile of {SegmentRows} rows of {RowBytes} bytes is over {MostSegmentBytes} bytes; give TileSize, or a smaller RowsPerStrip.");
        }
    }

    public ElementType ElementType { get; }

    public Shape Shape { get; }

    public TiffOptions Options { get; }

    /// <summary>What the file tells beside its pixels.</summary>
    public SinkDescription Description { get; }

    /// <summary>How many axes count pages; they are the first ones.</summary>
    public int OuterAxes { get; }

    public long Pages { get; }

    public long Height { get; }

    public long Width { get; }

    public int Samples { get; }

    /// <summary>RGB or grey, as was said or as the shape suggests.</summary>
    public TiffPhotometric Photometric { get; }

    public long SegmentRows { get; }

    public long SegmentColumns { get; }

    public bool IsTiled => Options.TileSize is not null;

    public bool IsCompressed => Options.Compression != TiffCompression.None;

    public bool IsBilevel => ElementType == ElementType.Boolean;

    public long Across => (Width + SegmentColumns - 1) / SegmentColumns;

    public long Down => (Height + SegmentRows - 1) / SegmentRows;

    public long SegmentsPerPage => Across * Down;

    /// <summary>Bytes of a stored row of a segment; bilevel rows end at a whole byte.</summary>
    public long RowBytes => IsBilevel ? (SegmentColumns + 7) / 8 : SegmentColumns * Samples * ElementType.Size;

    /// <summary>Bytes of a page that isn't compressed.</summary>
    public long PageBytes => IsTiled ? SegmentsPerPage * SegmentRows * RowBytes : Height * RowBytes;

    /// <summary>A segment over the axes of the array.</summary>
    public Shape StorageChunks
    {
        get
        {
            long[] sizes = [Math.Min(SegmentRows, Height), Math.Min(SegmentColumns, Width)];
            return [.. Enumerable.Repeat(1L, OuterAxes), .. sizes, .. Shape.Rank > OuterAxes + 2 ? [Samples] : Array.Empty<long>()];
        }
    }

    /// <summary>The numbers of the pages that a region has parts of, in its order.</summary>
    public IReadOnlyList<long> PagesIn(Region region)
    {
        var pages = new List<long>();
        foreach (ReadOnlySpan<long> index in region.Indices(OuterAxes))
            pages.Add(Shape.PositionOf(index));
        return pages;
    }

    /// <summary>Rows that a segment stores: the last strip ends with the page, tiles are whole.</summary>
    public long RowsStored(long down) => IsTiled ? SegmentRows : Math.Min(SegmentRows, Height - down * SegmentRows);

    /// <summary>Where a segment lies among the pixels of its page when it isn't compressed.</summary>
    public long PlaceInPage(long index) => index * SegmentRows * RowBytes;

    private static void CheckOptions(ElementType element, TiffOptions options)
    {
        if (options.Compression is not (TiffCompression.None or TiffCompression.Deflate))
            throw new NotSupportedException($"Compression = {options.Compression} is read only; write with None or Deflate.");
        if (options.Photometric is not (null or TiffPhotometric.MinIsBlack or TiffPhotometric.Rgb))
            throw new NotSupportedException($"Photometric = {options.Photometric} is read only; write with MinIsBlack or Rgb.");
        if (options.TileSize is { } tile && (tile < 16 || tile % 16 != 0 || tile > 1 << 15))
            throw new ArgumentException($"TileSize is {tile}; it is a multiple of 16, from 16 to {1 << 15}.", nameof(options));
        if (options.RowsPerStrip is < 1)
            throw new ArgumentException($"RowsPerStrip is {options.RowsPerStrip}; it is 1 or more.", nameof(options));
        if (options is { TileSize: not null, RowsPerStrip: not null })
            throw new ArgumentException("Both TileSize and RowsPerStrip were given; a page is written in tiles or in strips.", nameof(options));

        bool fits = options.Predictor switch
        {
            TiffPredictor.None => true,
            TiffPredictor.Horizontal => element.IsInteger && options.Compression == TiffCompression.Deflate,
            TiffPredictor.FloatingPoint => element.IsFloatingPoint && options.Compression == TiffCompression.Deflate,
            _ => false,
        };
        if (!fits)
        {
            throw new NotSupportedException(
                $"Predictor = {options.Predictor} was asked for with Compression = {options.Compression} on elements of {element.Name}. " +
                "Predictors go with Deflate: Horizontal for integers, FloatingPoint for Half, float and double.");
        }
    }
}
