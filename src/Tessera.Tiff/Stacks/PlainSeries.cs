namespace Tessera.TiffFormat;

/// <summary>Series of files that say nothing of them: pages that look alike are one.</summary>
internal static class PlainSeries
{
    /// <summary>The series in the order of their first pages. Pages that can't be described are in none.</summary>
    public static IReadOnlyList<SeriesPlan> Of(DirectoryChain chain, bool allowIncomplete)
    {
        var groups = new OrderedDictionary<Look, List<PageDirectory>>();
        foreach (PageDirectory page in chain.Pages.Concat(Others(chain)))
        {
            if (page.TryLayout() is not { } layout)
                continue;
            var look = new Look(layout.Width, layout.Height, layout.Samples, layout.ElementType, layout.Compression, page.IsThumbnail, page.IsMask);
            if (!groups.TryGetValue(look, out List<PageDirectory>? group))
                groups.Add(look, group = []);
            group.Add(page);
        }

        return [.. groups.Values.Select(group => Plan(group, allowIncomplete))];
    }

    /// <summary>A series of pages that look alike, along one axis of images.</summary>
    public static SeriesPlan Plan(IReadOnlyList<PageDirectory> pages, bool allowIncomplete)
    {
        FrameList Frames() => new(FileFrames.Planes(pages, allowIncomplete));
        long planes = pages.Count;
        if (pages.Any(page => page.Claim is not null))
        {
            try
            {
                planes = Frames().Count;
            }
            catch (InvalidDataException)
            {
                // told when the planes are asked for
            }
        }

        return SeriesPlan.Of("", [('I', planes)], pages[0], Frames, () => planes == pages.Count ? pages : []);
    }

    /// <summary>Sub-pages that aren't smaller versions of their pages but images of their own.</summary>
    private static IEnumerable<PageDirectory> Others(DirectoryChain chain)
    {
        var seen = new HashSet<long>(chain.Pages.Select(page => page.Offset));
        foreach (PageDirectory page in chain.Pages.Where(page => page.HasSubPages))
        {
            DirectoryChain inner = page.SubPages(seen);
            foreach (PageDirectory sub in inner.Pages)
            {
                if (!Pyramids.IsSmaller(sub, page))
                    yield return sub;
            }

            if (inner.Break is not null)
                yield break; // a file whose sub-pages overlap isn't followed further
        }
    }

    private readonly record struct Look(long Width, long Height, int Samples, ElementType Type, TiffCompression Compression, bool IsThumbnail, bool IsMask);
}
