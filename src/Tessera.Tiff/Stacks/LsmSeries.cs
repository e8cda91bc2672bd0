namespace Tessera.TiffFormat;

/// <summary>The series of a Zeiss LSM file: the images, and their thumbnails.</summary>
internal static class LsmSeries
{
    /// <summary>The series, or null if the file isn't an LSM or has other pages than it says.</summary>
    public static IReadOnlyList<SeriesPlan>? Of(DirectoryChain chain, bool allowIncomplete)
    {
        PageDirectory first = chain.Pages[0];
        if (!first.IsLsm || first.TryLayout() is not { } page)
            return null;

        List<PageDirectory> images = [.. chain.Pages.Where(one => !one.IsThumbnail)], thumbnails = [.. chain.Pages.Where(one => one.IsThumbnail)];
        LsmDimensions? sizes = SeriesListing.Told(first, LsmDimensions.Read);
        (char Axis, long Size)[] outer = sizes?.Outer(page.Samples) ?? [];
        if (outer.Length == 0 || outer.Aggregate(1L, (product, axis) => checked(product * axis.Size)) != images.Count || images.Any(one => one.TryLayout()?.LooksLike(page) != true))
            return null;

        SeriesPlan plan = SeriesPlan.Of("", outer, first, () => new FrameList(FileFrames.Planes(images, allowIncomplete)), () => images);
        SeriesPlan series = plan with { PixelSize = sizes!.PixelSize };
        return thumbnails.Count > 0 && thumbnails.TrueForAll(one => one.TryLayout()?.LooksLike(thumbnails[0].TryLayout() ?? page) == true)
            ? [series, PlainSeries.Plan(thumbnails, allowIncomplete)]
            : [series];
    }
}
