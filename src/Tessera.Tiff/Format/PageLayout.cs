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
    private const long MostUnwritten = 1L << 30; // bytes

    [NonSerialized] // read anew in a worker process
    private SegmentTable? _table;

    private long _behind; // bytes from where the tables say that segments lie to where they do

    public required ReadOnlyFile File { get; init; }

    /// <summary>Which page of the file it is.</summary>
    public required PageNumber Page { get; set; }

    /// <summary>Where its directory lies in the file.</summary>
    public required long DirectoryOffset { get; init; }

    public required long Width { get; init; }

    public required long Height { get; init; }

    public required int Samples { get; init; }

    public required bool IsPlanar { get; init; }

    public required bool IsTiled { get; init; }

    public required bool IsBigEndian { get; init; }

    public required StoredSample Sample { get; set; }

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

    /// <summary>What GDAL says of pixels that have no value, as text; strips and tiles that were never written are read as this.</summary>
    public required Field? NoData { get; init; }

    /// <summary>The colours that the samples of a page with a palette stand for.</summary>
    public required Field? ColorMap { get; init; }

    public ElementType ElementType => Sample.Element;

    /// <summary>True where an element has more bits than the stored sample.</summary>
    public bool IsWidened => Sample.Bits != ElementType.Size * 8;

    /// <summary>Why the pixels can't be read, though everything else is known of them; null if they can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Which value of the tables belongs to the first segment: not 0 for a plane behind the first that the directory lists.</summary>
    public long FirstSegment { get; private set; }

    /// <summary>Bytes to add to the first offset, where offsets of 32 bits begin anew past 4 GiB; null where they are what they say.</summary>
    public long? Unwraps { get; private set; }

    public bool IsCompressed => Compression != TiffCompression.None;

    /// <summary>True where the bytes of a sample lie the other way round than in this machine; samples that aren't whole bytes have no byte order.</summary>
    public bool SwapsBytes => IsBigEndian == BitConverter.IsLittleEndian && Sample.Bits is 16 or 24 or 32 or 64;

    /// <summary>Bytes of a stored sample, of those that are whole bytes.</summary>
    public int SampleBytes => Sample.Bits / 8;

    /// <summary>Samples that lie together in a segment.</summary>
    public int SegmentSamples => IsPlanar ? 1 : Samples;

    public int Planes => IsPlanar ? Samples : 1;

    public long SegmentsAcross => (Width + SegmentColumns - 1) / SegmentColumns;

    public long SegmentsDown => (Height + SegmentRows - 1) / SegmentRows;

    /// <summary>Bits that one pixel takes in a segment.</summary>
    public int StoredPixelBits => SegmentSamples * Sample.Bits;

    /// <summary>Bytes from one row of a segment to the next; rows end at a whole byte.</summary>
    public long StoredRowBytes => (SegmentColumns * StoredPixelBits + 7) >> 3;

    /// <summary>All segments of the page.</summary>
    public long Segments => SegmentsAcross * SegmentsDown * Planes;

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
                if (_behind > 0)
                    table = table.Shifted(_behind);
                Volatile.Write(ref _table, table);
            }

            return table;
        }
    }

    /// <summary>Whether another page has the same shape and type.</summary>
    public bool LooksLike(PageLayout other) =>
        Width == other.Width && Height == other.Height && Samples == other.Samples && ElementType == other.ElementType;

    /// <summary>The same page whose offsets begin anew past 4 GiB.</summary>
    public PageLayout Unwrapped(long? added)
    {
        if (added is null)
            return this;

        var copy = (PageLayout)MemberwiseClone();
        (copy.Unwraps, copy._table) = (added, null);
        return copy;
    }

    /// <summary>A plane behind this one that looks like it.</summary>
    /// <param name="plane">How many planes further.</param>
    /// <param name="stride">Bytes from one to the next; 0 if the tables list the segments of one plane after the other's.</param>
    public PageLayout PlaneBehind(long plane, long stride)
    {
        if (plane == 0)
            return this;

        var copy = (PageLayout)MemberwiseClone();
        copy.Page = Page with { Plane = plane };
        if (stride > 0)
            (copy._behind, copy._table) = (_behind + (plane * stride), Table.Shifted(plane * stride));
        else
            (copy.FirstSegment, copy._table) = (plane * Segments, null);
        return copy;
    }

    /// <summary>Refuses pixels that this reader can't read.</summary>
    public void RequireReadable()
    {
        if (Unreadable is { } why)
            throw new InvalidDataException(why);
    }

    /// <summary>
    /// Refuses to make room for elements that the file is too small to hold, however well it is compressed. What was never written takes no bytes
    /// of the file, so of that there may be some more.
    /// </summary>
    public void RequireRoom(long elements)
    {
        long most = Expansion.MostBytes(Compression, File.Length);
        if (elements / 8 * Sample.Bits <= most)
            return;
        if (!Table.HasHoles)
            throw Damaged(DirectoryOffset, $"it claims {Width} by {Height} pixels of {Samples} {ElementType.Name}; the file's {File.Length} bytes can't hold them");
        if (elements * ElementType.Size > MostUnwritten)
        {
            throw Damaged(
                DirectoryOffset, $"most of its {Width} by {Height} pixels were never written, and {elements * ElementType.Size} bytes of them were asked for at once, " +
                $"over {MostUnwritten}; read a smaller box, or open it as an array with ImageStack.Open");
        }
    }

    /// <summary>The page as it is read into elements of a type: halves are widened where floats are asked for; all else stays what it is.</summary>
    public PageLayout ReadAs(ElementType asked)
    {
        if (asked != ElementType.Single || ElementType != ElementType.Half)
            return this;

        var copy = (PageLayout)MemberwiseClone();
        copy.Sample = Sample with { Element = asked };
        copy._table = _table is { HasHoles: true } ? null : _table; // its filling is an element
        return copy;
    }

    /// <summary>Refuses to give the elements as another type than they have.</summary>
    /// <exception cref="InvalidOperationException">They are of another type; says which, and what to write.</exception>
    public void RequireType(ElementType asked)
    {
        if (asked != ElementType)
        {
            throw new InvalidOperationException($"The elements of page {Page} of '{File.Name}' are {ElementType.Name}, and {asked.Name} was asked for; " +
                $"read them as {ElementType.Name} and convert them then (Cast<{asked.Name}>() of an array).");
        }
    }

    /// <summary>A complaint about this page.</summary>
    public InvalidDataException Damaged(long offset, string what, Exception? cause = null) => File.Damaged(offset, $"page {Page}: {what}", cause);
}
