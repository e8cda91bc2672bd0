namespace Tessera.TiffFormat;

/// <summary>The one series of an ImageJ file: a hyperstack of frames, slices and channels.</summary>
internal static class ImageJSeries
{
    /// <summary>The series, or null if the file isn't ImageJ's or has other pages than it says.</summary>
    public static IReadOnlyList<SeriesPlan>? Of(DirectoryChain chain, bool allowIncomplete)
    {
        PageDirectory first = chain.Pages[0];
        if (first.TryLayout() is not { } page || SeriesListing.Told(first, PageDescription.ImageJ) is not { } keys)
            return null;

        long planes = PlaneClaim.CountPlanes(keys, page), there = planes;
        FrameList Frames() => new(FileFrames.Planes(chain.Pages, allowIncomplete));
        try
        {
            there = Frames().Count;
        }
        catch (InvalidDataException) when (chain.Pages.Count == 1)
        {
            // The planes that it speaks of aren't there, which is told when they are asked for.
        }
        catch (InvalidDataException)
        {
            return null;
        }

        if (there != planes || chain.Pages.Any(other => other.TryLayout()?.LooksLike(page) != true))
            return null;

        bool channelsAreSamples = keys.Channels == page.Samples && keys.Channels > 1;
        var sizes = new Dictionary<char, long> { ['C'] = channelsAreSamples ? 1 : keys.Channels, ['Z'] = keys.Slices, ['T'] = keys.Frames };
        long known = sizes.Values.Aggregate(1L, (product, size) => checked(product * size));
        IEnumerable<(char, long)> outer = keys.Order.Reverse().Select(axis => (axis, sizes[axis]));
        if (planes % known != 0)
            return null;
        SeriesPlan series = SeriesPlan.Of("", [('I', planes / known), .. outer], first, Frames, () => chain.Pages.Count == planes ? chain.Pages : []);
        return [series with { PixelSize = keys.PixelSize(first.Look(PageResolution.Read)) }];
    }
}
