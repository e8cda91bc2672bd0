namespace Tessera.TiffFormat;

/// <summary>Which planes of a file are frames of a stack.</summary>
internal static class FileFrames
{
    /// <summary>The planes that the options choose, directory by directory; one at least.</summary>
    /// <exception cref="ArgumentException">The file has no such pages, series or level, or the options contradict each other.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a chosen page can't be described.</exception>
    public static IReadOnlyList<PlaneSet> Of(ReadOnlyFile file, TiffReadOptions options)
    {
        if (options.Pages is { } pages)
            return [.. Chosen(file, pages, options).Select(page => new PlaneSet(page.Layout))];

        DirectoryChain chain = DirectoryReader.Read(file).Require(options.AllowIncomplete);
        if (options.Series is not null || options.Level != 0)
            return SeriesListing.Choose(chain, options).Frames().Sets;

        List<PageDirectory> images = [.. chain.Pages.Where(page => !page.IsThumbnail && !page.IsMask)];
        return Planes(images.Count > 0 ? images : chain.Pages, options.AllowIncomplete); // a file of thumbnails alone is meant
    }

    /// <summary>The planes of pages, with those that some of them stand for.</summary>
    public static List<PlaneSet> Planes(IReadOnlyList<PageDirectory> pages, bool allowIncomplete)
    {
        var sets = new List<PlaneSet>(pages.Count);
        for (int i = 0; i < pages.Count; i++)
        {
            if (pages[i].Claim is null)
            {
                sets.Add(new PlaneSet(pages[i].Layout));
                continue;
            }

            int end = i + 1;
            while (end < pages.Count && pages[end].Claim is null)
                end++;
            sets.Add(PlaneSet.Of(pages[i], followers: end - i - 1, allowIncomplete));
        }

        return sets;
    }

    private static IEnumerable<PageDirectory> Chosen(ReadOnlyFile file, Range range, TiffReadOptions options)
    {
        if (options.Series is not null || options.Level != 0)
            throw new ArgumentException("Pages were chosen, and a series or a level too; it is one or the other.", nameof(options));

        bool toTheEnd = range.Start.IsFromEnd || range.End.IsFromEnd;
        DirectoryChain chain = DirectoryReader.Read(file, toTheEnd ? int.MaxValue : range.End.Value);
        if (toTheEnd || range.End.Value > chain.Pages.Count)
            chain.Require(options.AllowIncomplete);
        (int start, int end) = (range.Start.GetOffset(chain.Pages.Count), range.End.GetOffset(chain.Pages.Count));
        return start >= 0 && start < end && end <= chain.Pages.Count
            ? chain.Pages.Take(start..end)
            : throw new ArgumentOutOfRangeException(nameof(options), $"The pages {range} were asked for; '{file.Path}' has {chain.Pages.Count}, counted from 0.");
    }
}
