namespace Tessera.TiffFormat;

/// <summary>
/// Pages of one shape and type, from any number of files, as one array of (frames, height, width), or (frames, height, width, samples).
/// Safe for any number of threads: pages never change, and files are read positionally.
/// </summary>
internal sealed class TiffStackSource : IBlockSource
{
    private readonly PageLayout[] _frames;

    /// <summary>A stack of the given pages.</summary>
    /// <exception cref="InvalidDataException">A page has another shape or type than the first.</exception>
    public TiffStackSource(string name, IEnumerable<PageLayout> frames)
    {
        Name = name;
        _frames = [.. frames];
        PageLayout first = _frames[0];
        foreach (PageLayout frame in _frames)
        {
            if (frame.Width != first.Width || frame.Height != first.Height || frame.Samples != first.Samples || frame.ElementType != first.ElementType)
            {
                throw new InvalidDataException(
                    $"Frames of a stack have one shape and type. Page {frame.Page} of '{frame.File.Path}' has {frame.Shape} of {frame.ElementType.Name}, " +
                    $"and the first frame, page {first.Page} of '{first.File.Path}', has {first.Shape} of {first.ElementType.Name}. " +
                    "Leave it out, or open the two kinds as two stacks.");
            }
        }

        Shape = [_frames.Length, .. first.Shape];
        StorageChunks = [1, .. LargestStorageChunks(_frames)];
        IsCheap = !_frames.Any(frame => frame.IsCompressed);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ElementType ElementType => _frames[0].ElementType;

    /// <inheritdoc/>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public Shape StorageChunks { get; }

    /// <inheritdoc/>
    public bool IsCheap { get; }

    /// <inheritdoc/>
    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        PageBox box = PageBox.Of(region, axis: 1);
        int bytes = (int)(box.Rows * box.Columns * box.Samples * ElementType.Size);
        long first = region.Start[0], count = region.Extent[0];
        for (long i = 0; i < count; i++)
            PageReader.Read(_frames[first + i], box, destination.Slice((int)i * bytes, bytes), cancellation);
    }

    /// <summary>Frames may be cut differently from file to file; the largest cut of each axis stands for all.</summary>
    private static Shape LargestStorageChunks(PageLayout[] frames)
    {
        long[] largest = frames[0].StorageChunks.ToArray();
        foreach (PageLayout frame in frames)
        {
            for (int axis = 0; axis < largest.Length; axis++)
                largest[axis] = Math.Max(largest[axis], frame.StorageChunks[axis]);
        }

        return Shape.Create(largest);
    }
}
