namespace Tessera.TiffFormat;

/// <summary>
/// Finds the same images in smaller and smaller sizes: sub-pages of the pages of a series, or series of the file whose sizes are a half, a
/// third or a quarter of the one before.
/// </summary>
internal static class Pyramids
{
    /// <summary>The series with their levels; what has become a level of another is no series any more.</summary>
    public static IReadOnlyList<SeriesPlan> Of(IReadOnlyList<SeriesPlan> all)
    {
        var left = new List<SeriesPlan>(all);
        var tops = new List<SeriesPlan>();
        while (left.Count > 0)
        {
            SeriesPlan top = left[0];
            left.RemoveAt(0);
            List<SeriesPlan> smaller = top.Key.HasSubPages ? SubLevels(top) : PageLevels(top, left);
            tops.Add(top with { Smaller = smaller });
        }

        return tops;
    }

    /// <summary>Whether a page is another one in a smaller size.</summary>
    public static bool IsSmaller(PageDirectory page, PageDirectory than) =>
        page.TryLayout() is { } small && than.TryLayout() is { } large &&
        small.Width <= large.Width && small.Height <= large.Height && small.Width * small.Height < large.Width * large.Height &&
        small.Samples == large.Samples && small.ElementType == large.ElementType && page.IsMask == than.IsMask;

    /// <summary>The sub-pages of its first page tell the levels; those of the others are looked up when a level is asked for.</summary>
    private static List<SeriesPlan> SubLevels(SeriesPlan top)
    {
        var levels = new List<SeriesPlan>();
        foreach ((int i, PageDirectory sub) in top.Key.SubPages([top.Key.Offset]).Pages.Index())
        {
            if (IsSmaller(sub, top.Key))
                levels.Add(top.Resized(sub, () => Subs(top, i)));
        }

        return levels;
    }

    private static List<PageDirectory> Subs(SeriesPlan top, int which)
    {
        var seen = new HashSet<long>();
        var subs = new List<PageDirectory>();
        foreach (PageDirectory page in top.Pages())
        {
            DirectoryChain inner = page.SubPages(seen);
            if (inner.Pages.Count <= which)
                throw inner.Break ?? page.Layout.Damaged(page.Offset, $"it has {inner.Pages.Count} smaller versions, and the first page of its series has {which + 1} or more");
            subs.Add(inner.Pages[which]);
        }

        return subs;
    }

    /// <summary>Takes the levels of a series out of those that follow it.</summary>
    private static List<SeriesPlan> PageLevels(SeriesPlan top, List<SeriesPlan> left)
    {
        var levels = new List<SeriesPlan>();
        SeriesPlan last = top;
        int factor = 0;
        for (int i = 0; i < left.Count;)
        {
            int found = Factor(last, left[i]);
            if (found == 0 || (factor != 0 && found != factor))
            {
                i++;
                continue;
            }

            factor = found;
            last = left[i];
            levels.Add(last);
            left.RemoveAt(i);
        }

        return levels;
    }

    /// <summary>2, 3 or 4 if one series is the other so many times smaller, rounded either way; else 0.</summary>
    private static int Factor(SeriesPlan large, SeriesPlan small)
    {
        (PageLayout from, PageLayout to) = (large.Page, small.Page);
        if (from.Samples != to.Samples || from.ElementType != to.ElementType || large.Key.IsMask != small.Key.IsMask || large.Axes != small.Axes ||
            !large.Shape.SkipLast(from.Shape.Rank).SequenceEqual(small.Shape.SkipLast(to.Shape.Rank)))
        {
            return 0;
        }

        for (int factor = 2; factor <= 4; factor++)
        {
            if (Math.Abs(from.Width - factor * to.Width) < factor && Math.Abs(from.Height - factor * to.Height) < factor)
                return factor;
        }

        return 0;
    }
}
