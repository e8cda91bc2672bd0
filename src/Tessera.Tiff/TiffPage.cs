using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tessera.TiffFormat;

namespace Tessera;

/// <summary>One page (image) of a <see cref="TiffFile"/>. Its header has been read; pixels are read when they are asked for, by any number of threads. What a page lacks is told when it is asked for.</summary>
public sealed class TiffPage
{
    private readonly PageDirectory _directory;
    private IReadOnlyList<TiffPage>? _subPages; // two threads may both find them, which does no harm
    private IReadOnlyDictionary<string, string>? _texts; // likewise

    internal TiffPage(PageDirectory directory) => _directory = directory;

    /// <summary>Pixels across.</summary>
    public long Width => Layout.Width;

    /// <summary>Pixels down.</summary>
    public long Height => Layout.Height;

    /// <summary>Samples of a pixel: 1 for grey, 3 for RGB, 4 with alpha, …</summary>
    public int Samples => Layout.Samples;

    /// <summary>
    /// The type of a sample as it is read; <see cref="bool"/> for samples of one bit: true where the bit is 1, which is white or black as
    /// <see cref="Photometric"/> says. Samples of sizes that no type has are read as the smallest type with room for them, their numbers unchanged:
    /// 12 bits as <see cref="ushort"/>, floating point of 16 and 24 bits as <see cref="float"/>.
    /// </summary>
    public ElementType ElementType => Layout.ElementType;

    /// <summary>Bits of a sample in the file; fewer than an element of <see cref="ElementType"/> has where samples are packed.</summary>
    public int BitsPerSample => Layout.Sample.Bits;

    /// <summary>How the pixels are compressed.</summary>
    public TiffCompression Compression => Layout.Compression;

    /// <summary>What was done to the rows before they were compressed.</summary>
    public TiffPredictor Predictor => Layout.Predictor;

    /// <summary>What the samples mean when the page is shown. Reading gives them as they are stored, as tifffile does.</summary>
    public TiffPhotometric Photometric => Layout.Photometric;

    /// <summary>True where the page is stored in tiles, false where in strips.</summary>
    public bool IsTiled => Layout.IsTiled;

    /// <summary>True where each sample has its own plane in the file; it is read as (height, width, samples) all the same.</summary>
    public bool IsPlanar => Layout.IsPlanar;

    /// <summary>True where the file says that the page is a smaller version of another one; <see cref="ImageStack"/> leaves it out.</summary>
    public bool IsThumbnail => _directory.IsThumbnail;

    /// <summary>True where the file says that the page is a mask of another one; <see cref="ImageStack"/> leaves it out.</summary>
    public bool IsMask => _directory.IsMask;

    /// <summary>
    /// Why the page can't be read, as far as its header tells: it is damaged, or stored in a way that isn't known. Null if nothing is known
    /// against it. Everything else of a page that can't even be described throws an <see cref="InvalidDataException"/> that says this.
    /// </summary>
    public string? Fault => _directory.Fault;

    /// <summary>
    /// The texts of the page, by the names that TIFF gives them: <c>ImageDescription</c>, <c>Software</c>, <c>DateTime</c>, <c>Artist</c>, <c>Copyright</c>,
    /// <c>DocumentName</c>, <c>PageName</c>, <c>Make</c>, <c>Model</c>, <c>HostComputer</c>. What isn't UTF-8 is taken as Latin-1. Empty if there are none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Texts => _texts ??= _directory.Look(PageTexts.Read);

    /// <summary>What the page is described as (<c>ImageDescription</c>); null if it isn't. Programs write here for programs, too.</summary>
    public string? Description => Texts.GetValueOrDefault("ImageDescription");

    /// <summary>How many pixels there are to a length; null if the file doesn't tell. See <see cref="TiffSeries.PixelSize"/>, too.</summary>
    public TiffResolution? Resolution => _directory.Look(PageResolution.Read)?.Rounded;

    /// <summary>The pages that this one points to (its SubIFDs): smaller versions of it, usually. Read when they are first asked for.</summary>
    /// <exception cref="InvalidDataException">One of them isn't there, or they overlap.</exception>
    public IReadOnlyList<TiffPage> SubPages =>
        _subPages ??= [.. _directory.SubPages([_directory.Offset]).Require(allowIncomplete: false).Pages.Select(page => new TiffPage(page))];

    /// <summary>(height, width), or (height, width, samples) where a pixel has several samples.</summary>
    public Shape Shape => Layout.Shape;

    /// <summary>The sizes of the box that is read at its own cost: the strip or tile where the page is compressed, single rows where it isn't.</summary>
    public Shape StorageChunks => Layout.StorageChunks;

    internal PageLayout Layout => _directory.Layout;

    /// <summary>
    /// Reads the table of colours in which the page is to be shown, as (3, entries): the red, green and blue of each value of a sample, 0 to 65535.
    /// </summary>
    /// <returns>The table, or null if the page has none.</returns>
    /// <exception cref="InvalidDataException">The table is damaged. The samples can be read all the same.</exception>
    public Tensor<ushort>? ReadColorMap() => ColorMapReader.Read(Layout);

    /// <summary>Reads the whole page.</summary>
    /// <typeparam name="T">The type of a sample, which must be <see cref="ElementType"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The elements are of another type; says which.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Tensor<T> Read<T>()
        where T : unmanaged => Read<T>(new Region(Shape));

    /// <summary>Reads a box of the page.</summary>
    /// <typeparam name="T">The type of a sample, which must be <see cref="ElementType"/>.</typeparam>
    /// <param name="region">A box inside <see cref="Shape"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The box isn't inside the page.</exception>
    /// <exception cref="InvalidOperationException">The elements are of another type; says which.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Tensor<T> Read<T>(Region region)
        where T : unmanaged
    {
        Layout.RequireReadable();
        Layout.RequireType(ElementTypes.Of<T>());
        RequireInside(region);
        Layout.RequireRoom(region.Length);
        if (region.Length > Array.MaxLength)
        {
            throw Layout.Damaged(
                Layout.DirectoryOffset, $"{region} has {region.Length} elements and a tensor at most {Array.MaxLength}; open it as an array with ImageStack.Open");
        }

        T[] elements = GC.AllocateUninitializedArray<T>((int)region.Length);
        PageBox box = PageBox.Of(region, axis: 0);
        int rowElements = (int)(box.Columns * box.Samples);

        // In pieces of whole segments, because a span of bytes ends at 2 GB.
        long rowsAPiece = Math.Max(1, (1L << 29) / Math.Max(1, rowElements * (long)ElementType.Size) / Layout.SegmentRows) * Layout.SegmentRows;
        for (long row = box.Row; row < box.EndRow;)
        {
            long end = Math.Min(box.EndRow, (row / rowsAPiece + 1) * rowsAPiece);
            Span<T> piece = elements.AsSpan((int)((row - box.Row) * rowElements), (int)((end - row) * rowElements));
            PageReader.Read(Layout, box with { Row = row, Rows = end - row }, MemoryMarshal.AsBytes(piece), CancellationToken.None);
            row = end;
        }

        return Tensor.Create(elements, [.. region.Extent.Select(size => (nint)size)]);
    }

    /// <summary>Shape, type and compression, or the <see cref="Fault"/>.</summary>
    public override string ToString() => Fault ?? $"page {Layout.Page} {Shape} of {ElementType.Name}, {Compression}";

    private void RequireInside(Region region)
    {
        bool inside = region.Rank == Shape.Rank;
        for (int axis = 0; inside && axis < region.Rank; axis++)
            inside = region.Start[axis] >= 0 && region.End(axis) <= Shape[axis];
        if (!inside)
            throw new ArgumentOutOfRangeException(nameof(region), $"{region} was asked for; page {Layout.Page} of '{Layout.File.Path}' has the shape {Shape}.");
    }
}
