using Tessera.TiffFormat;

namespace Tessera;

/// <summary>
/// Pages of a <see cref="TiffFile"/> that are one array: a hyperstack, a volume, a slide. What is known of it stands in the headers; pixels
/// are read when an array of it is computed.
/// </summary>
public sealed class TiffSeries
{
    private readonly SeriesPlan _plan;
    private readonly Lazy<TiffPixelSize?> _pixelSize;

    internal TiffSeries(SeriesPlan plan)
        : this(plan, new(() => plan.PixelSize ?? plan.Key.Look(PageResolution.Read)?.PixelSize))
    {
        Levels = [this, .. plan.Smaller.Select(smaller => new TiffSeries(smaller, new(() => Resized(smaller))))];
    }

    private TiffSeries(SeriesPlan plan, Lazy<TiffPixelSize?> pixelSize)
    {
        (_plan, _pixelSize) = (plan, pixelSize);
        Levels = [this];
    }

    /// <summary>What the file calls it; empty if it doesn't.</summary>
    public string Name => _plan.Name;

    /// <summary>
    /// A letter for each axis of <see cref="Shape"/>, as tifffile has them: T time, Z depth, C channels, Y and X height and width, S samples of
    /// a pixel, I images, Q unknown; others are the file's own. Axes of size 1 are left out, but Y and X, and
    /// those of a shape that tifffile wrote.
    /// </summary>
    public string Axes => _plan.Axes;

    /// <summary>The sizes of the whole series, in elements.</summary>
    public Shape Shape => _plan.Shape;

    /// <summary>The type of a sample.</summary>
    public ElementType ElementType => _plan.Page.ElementType;

    /// <summary>
    /// How large a pixel is, in micrometres: as OME-XML, ImageJ or LSM files say it, else from the first page's <see cref="TiffPage.Resolution"/>.
    /// Null if the file doesn't tell, or in no unit of length. Of smaller levels it is that of the full size, enlarged.
    /// </summary>
    public TiffPixelSize? PixelSize => _pixelSize.Value;

    /// <summary>The series in smaller and smaller sizes; the first is this one.</summary>
    public IReadOnlyList<TiffSeries> Levels { get; }

    /// <summary>The series as a lazy array of <see cref="Shape"/>. It reads from the file, so it is computed before the <see cref="TiffFile"/> is closed.</summary>
    /// <typeparam name="T">The type of a sample, which must be <see cref="ElementType"/>.</typeparam>
    /// <param name="chunks">How the array is cut; one plane a chunk when left out.</param>
    /// <exception cref="InvalidOperationException">The elements are of another type; says which.</exception>
    /// <exception cref="InvalidDataException">A page can't be read, or planes that the file speaks of aren't there.</exception>
    /// <exception cref="ArgumentException">The chunks don't fit.</exception>
    public ChunkedArray<T> Array<T>(Chunks chunks = default)
        where T : unmanaged
    {
        PageLayout page = _plan.Page;
        page.RequireType(ElementTypes.Of<T>());
        FrameList frames = _plan.Frames();
        int outer = Shape.Rank - page.Shape.Rank;
        bool isPages = outer >= 0 && Shape.Skip(outer).SequenceEqual(page.Shape);
        if (isPages)
        {
            var pages = new TiffStackSource(page.File.Path, frames, [.. Shape.Take(outer)]);
            return ChunkedArray.FromSource<T>(pages, chunks.Any() ? chunks : OnePlaneEach(outer, page.Shape.Rank));
        }

        // The shape that the file gives cuts the pages another way.
        var source = new TiffStackSource(page.File.Path, frames);
        ChunkedArray<T> shaped = ChunkedArray.FromSource<T>(source, OnePlaneEach(1, page.Shape.Rank)).Reshape(Shape.AsSpan());
        return chunks.Any() ? shaped.Rechunk(chunks) : shaped;
    }

    /// <summary>Name, axes, shape, type and how many levels there are.</summary>
    public override string ToString() =>
        $"{(Name.Length > 0 ? $"'{Name}', " : "")}{Axes} {Shape} of {ElementType.Name}{(Levels.Count > 1 ? $", {Levels.Count} levels" : "")}";

    private TiffPixelSize? Resized(SeriesPlan smaller) => PixelSize is { } size
        ? size with { X = size.X * _plan.Page.Width / smaller.Page.Width, Y = size.Y * _plan.Page.Height / smaller.Page.Height }
        : null;

    private static Chunks OnePlaneEach(int outer, int inner) => Chunks.Create([.. Enumerable.Repeat<AxisChunks>(1, outer), .. Enumerable.Repeat(AxisChunks.Whole, inner)]);
}
