namespace Tessera.TiffFormat;

/// <summary>The order in which Zeiss's LSM files store the pixels of their pages: images and thumbnails by turns, and time before positions.</summary>
internal static class LsmOrder
{
    /// <summary>The pages in the order in which their pixels were written; null if that can't be told, because pages are missing.</summary>
    public static IEnumerable<PageDirectory>? Of(IReadOnlyList<PageDirectory> pages, bool isWhole = true)
    {
        (int times, int positions) = TimesAndPositions(pages[0]);
        if (positions == 1 || times == 1)
            return InTurns(pages);

        long turns = 2L * times * positions; // 2^42 at most
        if (!isWhole || pages.Count % turns != 0)
            return null;
        int each = (int)(pages.Count / ((long)times * positions));
        return InTurns([.. Enumerable.Range(0, pages.Count).Select(i => pages[Index(i, times, positions, each)])]);
    }

    /// <summary>Pages are listed position by position, and stored time by time.</summary>
    private static int Index(int stored, int times, int positions, int each)
    {
        (int turn, int within) = Math.DivRem(stored, each);
        (int time, int position) = Math.DivRem(turn, positions);
        return ((position * times) + time) * each + within;
    }

    /// <summary>The thumbnail of an image is listed behind it, and may be stored before it.</summary>
    private static IEnumerable<PageDirectory> InTurns(IReadOnlyList<PageDirectory> pages)
    {
        bool thumbnailsFirst = pages.Count > 1 && First(pages[0]) > First(pages[1]);
        for (int i = 0; i < pages.Count; i++)
            yield return pages[thumbnailsFirst && (i ^ 1) < pages.Count ? i ^ 1 : i];
    }

    private static long First(PageDirectory page) => page.TryLayout() is { Segments: > 0 } layout ? SegmentTable.StoredOffsets(layout)[0] : 0;

    private static (int Times, int Positions) TimesAndPositions(PageDirectory page)
    {
        try
        {
            LsmDimensions sizes = page.Look(LsmDimensions.Read);
            return (Math.Max(1, sizes.Times), (int)Math.Min(1 << 20, (long)Math.Max(1, sizes.Positions) * Math.Max(1, sizes.Mosaic)));
        }
        catch (InvalidDataException)
        {
            return (1, 1);
        }
    }
}
