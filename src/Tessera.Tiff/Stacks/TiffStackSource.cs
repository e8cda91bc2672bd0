using System.Diagnostics;

namespace Tessera.TiffFormat;

/// <summary>
/// Planes of one shape and type, from any number of files, as one array of (frames, height, width), or with more axes before and samples behind.
/// Safe for any number of threads: pages never change, and files are read positionally.
/// </summary>
internal sealed class TiffStackSource : IBlockSource
{
    private readonly FrameList _frames;
    private readonly PageLayout _first;
    private readonly Shape _outer;
    private readonly long _workingBytes;

    /// <summary>A stack of the given planes.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="frames">The planes.</param>
    /// <param name="outer">How the planes are laid out, the last axis fastest; left out, one axis of frames.</param>
    /// <exception cref="InvalidDataException">A page has another shape or type than the first, or can't be read.</exception>
    public TiffStackSource(string name, FrameList frames, Shape? outer = null)
    {
        Name = name;
        _frames = frames;
        _outer = outer ?? [frames.Count];
        _first = frames[0];
        Debug.Assert(_outer.Length == frames.Count, "The axes don't match the planes.");
        foreach (PageLayout frame in frames.Pages)
        {
            if (!frame.LooksLike(_first))
                throw UnlikeFrames.Refusal(_first, frame);
        }

        foreach (PageLayout frame in frames.Pages)
            frame.RequireReadable();
        Shape = [.. _outer, .. _first.Shape];
        StorageChunks = [.. Enumerable.Repeat(1L, _outer.Rank), .. LargestStorageChunks(frames)];
        PageLayout costly = frames.Pages.MaxBy(frame => DecodingCost.Of(frame).NanosecondsPerByte)!;
        (IsCheap, Cost) = (!frames.Pages.Any(frame => frame.IsCompressed), DecodingCost.Of(costly));
        _workingBytes = frames.Pages.Max(PageReader.WorkingBytes);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ElementType ElementType => _first.ElementType;

    /// <inheritdoc/>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public Shape StorageChunks { get; }

    /// <inheritdoc/>
    public bool IsCheap { get; }

    /// <inheritdoc/>
    public ReadCost Cost { get; }

    /// <summary>What goes to worker processes: the planes, each with what its directory says and the path of its file.</summary>
    public ITravelForm<IBlockSource> TravelForm => new Form(Name, _frames, _outer);

    /// <inheritdoc/>
    public long WorkingBytes(Region region) => _workingBytes;

    /// <inheritdoc/>
    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        int rank = _outer.Rank;
        PageBox box = PageBox.Of(region, rank);
        int bytes = (int)(box.Rows * box.Columns * box.Samples * ElementType.Size);
        if (bytes == 0)
            return;

        foreach (ReadOnlySpan<long> index in region.Indices(rank))
        {
            PageReader.Read(_frames[_outer.PositionOf(index)], box, destination[..bytes], cancellation);
            destination = destination[bytes..];
        }
    }

    private sealed record Form(string Name, FrameList Frames, Shape Outer) : ITravelForm<TiffStackSource>
    {
        public TiffStackSource Open() => new(Name, Frames, Outer);
    }

    /// <summary>Frames may be cut differently from file to file; the largest cut of each axis stands for all.</summary>
    private static Shape LargestStorageChunks(FrameList frames)
    {
        long[] largest = frames[0].StorageChunks.ToArray();
        foreach (PageLayout frame in frames.Pages)
        {
            for (int axis = 0; axis < largest.Length; axis++)
                largest[axis] = Math.Max(largest[axis], frame.StorageChunks[axis]);
        }

        return Shape.Create(largest);
    }
}
