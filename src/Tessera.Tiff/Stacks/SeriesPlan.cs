namespace Tessera.TiffFormat;

/// <summary>A series of a file as its directories and descriptions tell it, before anything of it is opened.</summary>
/// <param name="Name">What the file calls it; empty if it doesn't.</param>
/// <param name="Axes">A letter for each axis.</param>
/// <param name="Shape">Their sizes.</param>
/// <param name="Key">A page of it, which can be described; all look like it.</param>
/// <param name="Frames">Finds its planes, or throws what is wrong with them.</param>
/// <param name="Pages">Finds the directories that the planes are, if each is one.</param>
internal sealed record SeriesPlan(string Name, string Axes, Shape Shape, PageDirectory Key, Func<FrameList> Frames, Func<IReadOnlyList<PageDirectory>> Pages)
{
    /// <summary>The levels behind this one, smaller and smaller.</summary>
    public IReadOnlyList<SeriesPlan> Smaller { get; init; } = [];

    /// <summary>How large a pixel is, if more tells it than the resolution of pages.</summary>
    public TiffPixelSize? PixelSize { get; init; }

    /// <summary>What each page is like.</summary>
    public PageLayout Page => Key.Layout;

    /// <summary>A series of whole pages, axes of size 1 left out.</summary>
    /// <param name="name">What the file calls it.</param>
    /// <param name="outer">The axes of pages, slowest first, with their sizes.</param>
    /// <param name="key">A page of it.</param>
    /// <param name="frames">Finds its planes.</param>
    /// <param name="pages">Finds its directories.</param>
    public static SeriesPlan Of(
        string name, IEnumerable<(char Axis, long Size)> outer, PageDirectory key, Func<FrameList> frames, Func<IReadOnlyList<PageDirectory>>? pages = null)
    {
        (char Axis, long Size)[] kept = [.. outer.Where(axis => axis.Size != 1)];
        PageLayout page = key.Layout;
        return new SeriesPlan(
            name, string.Concat(kept.Select(axis => axis.Axis)) + PageAxes(page), [.. kept.Select(axis => axis.Size), .. page.Shape], key, frames, pages ?? (() => []));
    }

    /// <summary>The axes of one page.</summary>
    public static string PageAxes(PageLayout page) => page.Samples == 1 ? "YX" : "YXS";

    /// <summary>The same planes in another size.</summary>
    public SeriesPlan Resized(PageDirectory key, Func<IReadOnlyList<PageDirectory>> pages) => new(
        Name, Axes, [.. Shape.SkipLast(Page.Shape.Rank), .. key.Layout.Shape], key, () => new FrameList(pages().Select(page => new PlaneSet(page.Layout))), pages);
}
