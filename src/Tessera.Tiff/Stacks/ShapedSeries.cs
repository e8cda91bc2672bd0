namespace Tessera.TiffFormat;

/// <summary>The series of a file by tifffile, which writes the shape of each into the description of its first page.</summary>
internal static class ShapedSeries
{
    /// <summary>The series, or null if one of them has no shape.</summary>
    public static IReadOnlyList<SeriesPlan>? Of(DirectoryChain chain, bool allowIncomplete)
    {
        var series = new List<SeriesPlan>();
        for (int at = 0; at < chain.Pages.Count;)
        {
            PageDirectory first = chain.Pages[at];
            if (first.TryLayout() is not { } page || SeriesListing.Told(first, PageDescription.Shaped) is not { } keys)
                return null;

            long planes = keys.Shape.Length / page.Shape.Length;
            if (planes < 1 || keys.Shape.Length % page.Shape.Length != 0)
                return null;
            int listed = !keys.IsTruncated && planes <= chain.Pages.Count - at ? (int)planes : 1;
            PageDirectory[] pages = [.. chain.Pages.Skip(at).Take(listed)];
            if (pages.Any(other => other.TryLayout()?.LooksLike(page) != true))
                return null;
            series.Add(Plan(keys, pages, planes, allowIncomplete));
            at += listed;
        }

        return series;
    }

    private static SeriesPlan Plan(ShapedKeys keys, PageDirectory[] pages, long planes, bool allowIncomplete)
    {
        PageLayout page = pages[0].Layout;
        FrameList Frames() => new(FileFrames.Planes(pages, allowIncomplete));
        long there = planes;
        if (pages.Length == 1 && allowIncomplete)
            there = Frames().Count;

        // A planar page is (height, width, samples) here and (samples, height, width) there.
        int inner = page.IsPlanar ? 3 : page.Shape.Rank;
        Shape stored = page.IsPlanar ? [page.Samples, page.Height, page.Width] : page.Shape;
        bool whole = keys.Shape.Rank >= inner && keys.Shape.TakeLast(inner).SequenceEqual(stored);
        string axes = SeriesPlan.PageAxes(page);
        if (there != planes || (!whole && page.IsPlanar))
            return SeriesPlan.Of(keys.Name ?? "", [('Q', there)], pages[0], Frames, () => pages);

        string outer = keys.Axes is { } told ? told : new string('Q', Math.Max(0, keys.Shape.Rank - inner)) + (whole ? axes : ShapedAxes.Of(keys.Shape, page.Shape, axes));
        Shape shape = whole ? [.. keys.Shape.SkipLast(inner), .. page.Shape] : keys.Shape;
        if (page.IsPlanar && keys.Axes is not null)
            outer = keys.Axes[..^inner] + axes;
        return new SeriesPlan(keys.Name ?? "", outer, shape, pages[0], Frames, () => pages.Length == planes ? pages : []);
    }
}
