using System.Diagnostics;

namespace Tessera.TiffFormat;

/// <summary>
/// Writes an array into a TIFF file, block by block, from many threads and in any order.
/// </summary>
/// <remarks>
/// The file, in the order in which it lies on disk:
/// <code>
/// 0   header            written last; 16 bytes are kept for it, of which classic TIFF uses 8
/// 16  segments          uncompressed: each at its place, page by page, so pages lie in one piece;
///                       compressed: each where the one that was finished before it ended
/// …   directories       one a page, each with its tables of offsets and byte counts
/// </code>
/// </remarks>
internal sealed class TiffSink : IBlockSink
{
    private const long FirstSegment = 16;

    private readonly WriteTarget _target;
    private readonly FileEnd _end;
    private long[] _offsets = []; // of compressed segments, as are the counts; page by page
    private long[] _counts = [];
    private long _written;

    /// <summary>A sink for one array.</summary>
    /// <exception cref="NotSupportedException">A TIFF can't hold such an array, or not with these options.</exception>
    public TiffSink(string path, ElementType elementType, Shape shape, TiffOptions? options)
        : this(new PathTarget(path), elementType, shape, options)
    {
    }

    /// <summary>A sink for one array, into a stream.</summary>
    /// <exception cref="ArgumentException">The stream can't be written.</exception>
    /// <inheritdoc cref="TiffSink(string, ElementType, Shape, TiffOptions)"/>
    public TiffSink(Stream stream, ElementType elementType, Shape shape, TiffOptions? options)
        : this(StreamTarget.Of(stream), elementType, shape, options)
    {
    }

    private TiffSink(WriteTarget target, ElementType elementType, Shape shape, TiffOptions? options)
    {
        _target = target;
        Layout = new SinkLayout(elementType, shape, options ?? new TiffOptions());
        _end = new FileEnd(Layout.IsCompressed ? FirstSegment : checked(FirstSegment + Layout.Pages * Layout.PageBytes));
        if (!Layout.IsCompressed)
            DirectoryWriter.ChooseFormat(Layout, Name, _end.Offset); // refuses now what couldn't be finished
    }

    /// <inheritdoc/>
    public string Name => _target.Name;

    /// <summary>How the array becomes pages and segments.</summary>
    public SinkLayout Layout { get; }

    /// <inheritdoc/>
    public Shape StorageChunks => Layout.StorageChunks;

    /// <summary>A segment at a time, unless strips are written as they lie: gathered, and coded.</summary>
    public long WorkingBytes(Region region) => SegmentEncoder.WorkingBytes(Layout);

    /// <inheritdoc/>
    public void Begin(ElementType elementType, Shape shape)
    {
        if (elementType != Layout.ElementType || shape != Layout.Shape)
        {
            throw new NotSupportedException(
                $"'{Name}' was opened for {Layout.ElementType.Name} of shape {Layout.Shape}, and {elementType.Name} of shape {shape} was to be written.");
        }

        if (Layout.IsCompressed)
        {
            long segments = checked(Layout.Pages * Layout.SegmentsPerPage);
            (_offsets, _counts) = (new long[segments], new long[segments]);
        }

        _target.Begin();
    }

    /// <inheritdoc/>
    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        PageBox box = PageBox.Of(region, axis: Layout.OuterAxes);
        int bytes = checked((int)(box.Rows * box.Columns * box.Samples * Layout.ElementType.Size));
        foreach (long page in Layout.PagesIn(region))
        {
            WritePart(page, box, elements[..bytes], cancellation);
            elements = elements[bytes..];
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        long expected = Layout.Pages * Layout.SegmentsPerPage;
        if (Interlocked.Read(ref _written) != expected)
            throw new InvalidOperationException($"'{Name}' has {expected} strips or tiles and {_written} were written; it isn't whole.");

        DirectoryWriter.Write(_target, Layout, _end.Offset, OffsetOf, CountOf);
        _target.Complete();
    }

    /// <inheritdoc/>
    public void Abandon() => _target.Dispose();

    /// <summary>The part of a page that a block holds: whole segments.</summary>
    private void WritePart(long page, PageBox box, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        (long height, long width) = (Layout.SegmentRows, Layout.SegmentColumns);
        Debug.Assert(box.Row % height == 0 && box.Column % width == 0, "Blocks begin at storage chunks.");
        long down = (box.Rows + height - 1) / height, across = (box.Columns + width - 1) / width;

        // Uncompressed strips follow each other in the file as the rows do in the block.
        if (!Layout.IsCompressed && !Layout.IsTiled && !Layout.IsBilevel)
        {
            _target.Write(elements, FirstSegment + page * Layout.PageBytes + box.Row * Layout.RowBytes);
            Interlocked.Add(ref _written, down);
            return;
        }

        for (long i = 0; i < down; i++)
        {
            for (long j = 0; j < across; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                long index = (box.Row / height + i) * Layout.Across + box.Column / width + j;
                using var raw = new RentedBytes((int)(Layout.RowsStored(box.Row / height + i) * Layout.RowBytes));
                SegmentEncoder.Gather(Layout, box, i * height, j * width, elements, raw.Span);
                WriteSegment(page, index, raw);
            }
        }
    }

    private void WriteSegment(long page, long index, RentedBytes raw)
    {
        if (Layout.IsCompressed)
        {
            using var coded = new RentedBytes(SegmentEncoder.MostDeflated(raw.Span.Length));
            int count = SegmentEncoder.Deflate(Layout, raw.Span, coded.Array);
            long offset = _end.Take(count);
            _target.Write(coded.Span[..count], offset);
            long number = page * Layout.SegmentsPerPage + index;
            (_offsets[number], _counts[number]) = (offset, count);
        }
        else
        {
            _target.Write(raw.Span, OffsetOf(page, index));
        }

        Interlocked.Increment(ref _written);
    }

    private long OffsetOf(long page, long index) => Layout.IsCompressed
        ? _offsets[page * Layout.SegmentsPerPage + index]
        : FirstSegment + page * Layout.PageBytes + Layout.PlaceInPage(index);

    private long CountOf(long page, long index) => Layout.IsCompressed
        ? _counts[page * Layout.SegmentsPerPage + index]
        : Layout.RowsStored(index / Layout.Across) * Layout.RowBytes;
}
