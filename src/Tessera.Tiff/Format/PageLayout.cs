namespace Tessera.TiffFormat;

/// <summary>
/// What a directory says of its page, checked: sizes, element type, and how the pixels are cut into segments. A <em>segment</em> is a strip
/// or a tile, the unit that is compressed; strips are segments as wide as the page.
/// </summary>
/// <remarks>
/// Pixels lie row by row in a segment. Chunky pages have the samples of a pixel together and one grid of segments; planar pages have one
/// grid for each sample, one after the other. Tiles at the right and bottom edges are stored whole; the last strip ends with the page.
/// <code>
/// chunky, 2 strips of 2 rows:  segment 0 = rows 0, 1 of RGBRGB…   segment 1 = row 2
/// planar, the same page:       segments 0, 1 = R   segments 2, 3 = G   segments 4, 5 = B
/// </code>
/// </remarks>
internal sealed class PageLayout
{
    private SegmentTable? _table;

    public required ReadOnlyFile File { get; init; }

    /// <summary>Which page of the file it is, from 0.</summary>
    public required int Page { get; init; }

    /// <summary>Where its directory lies in the file.</summary>
    public required long DirectoryOffset { get; init; }

    public required long Width { get; init; }

    public required long Height { get; init; }

    public required int Samples { get; init; }

    public required bool IsPlanar { get; init; }

    public required bool IsTiled { get; init; }

    public required bool IsBigEndian { get; init; }

    public required bool IsThumbnail { get; init; }

    public required ElementType ElementType { get; init; }

    public required TiffCompression Compression { get; init; }

    public required TiffPredictor Predictor { get; init; }

    public required TiffPhotometric Photometric { get; init; }

    /// <summary>True where the bits of every stored byte come least significant first (fill order 2).</summary>
    public required bool ReversesBits { get; init; }

    public required long SegmentRows { get; init; }

    public required long SegmentColumns { get; init; }

    public required Field Offsets { get; init; }

    /// <summary>Left out by some writers of uncompressed pages, which can do without.</summary>
    public required Field? ByteCounts { get; init; }

    /// <summary>One bit a pixel, which reads as <see cref="bool"/>.</summary>
    public bool IsBilevel => ElementType == ElementType.Boolean;

    public bool IsCompressed => Compression != TiffCompression.None;

    public bool SwapsBytes => IsBigEndian == BitConverter.IsLittleEndian && ElementType.Size > 1;

    /// <summary>Samples that lie together in a segment.</summary>
    public int SegmentSamples => IsPlanar ? 1 : Samples;

    public int Planes => IsPlanar ? Samples : 1;

    public long SegmentsAcross => (Width + SegmentColumns - 1) / SegmentColumns;

    public long SegmentsDown => (Height + SegmentRows - 1) / SegmentRows;

    /// <summary>Bytes that one pixel takes in a segment; 0 for bilevel pages, whose pixels are smaller than a byte.</summary>
    public int StoredPixelBytes => IsBilevel ? 0 : SegmentSamples * ElementType.Size;

    /// <summary>Bytes from one row of a segment to the next; bilevel rows end at a whole byte.</summary>
    public long StoredRowBytes => IsBilevel ? (SegmentColumns + 7) / 8 : SegmentColumns * StoredPixelBytes;

    /// <summary>Bytes of the whole page once read.</summary>
    public long Bytes => Width * Height * Samples * ElementType.Size;

    /// <summary>(height, width), or (height, width, samples) where a pixel has several.</summary>
    public Shape Shape => Samples == 1 ? [Height, Width] : [Height, Width, Samples];

    /// <summary>
    /// The box that is read at its own cost. A compressed segment is decoded whole. Uncompressed rows are free to be cut, but a part of
    /// a row costs a system call, or reading more than it.
    /// </summary>
    public Shape StorageChunks
    {
        get
        {
            long rows = IsCompressed ? Math.Min(SegmentRows, Height) : 1, columns = Math.Min(SegmentColumns, Width);
            return Samples == 1 ? [rows, columns] : [rows, columns, SegmentSamples];
        }
    }

    /// <summary>Where the segments lie; read on first use. Two threads may both read it, which does no harm.</summary>
    public SegmentTable Table
    {
        get
        {
            SegmentTable? table = Volatile.Read(ref _table);
            if (table is null)
            {
                table = SegmentTable.Read(this);
                Volatile.Write(ref _table, table);
            }

            return table;
        }
    }

    /// <summary>Refuses to make room for elements that the file is too small to hold, however well it is compressed.</summary>
    public void RequireRoom(long bytes)
    {
        long most = Expansion.MostBytes(Compression, File.Length);
        if (bytes / (IsBilevel ? 8 : 1) > most)
            throw Damaged(DirectoryOffset, $"it claims {Width} by {Height} pixels of {Samples} {ElementType.Name}; the file's {File.Length} bytes can't hold them");
    }

    /// <summary>Refuses to give the elements as another type than they have.</summary>
    public void RequireType(ElementType asked)
    {
        if (asked != ElementType)
        {
            throw Damaged(DirectoryOffset, $"the elements are {ElementType.Name}, and {asked.Name} was asked for; " +
                $"read them as {ElementType.Name} and convert them then (Cast<{asked.Name}>() of an array)");
        }
    }

    /// <summary>A complaint about this page.</summary>
    public InvalidDataException Damaged(long offset, string what, Exception? cause = null) => File.Damaged(offset, $"page {Page}: {what}", cause);
}
