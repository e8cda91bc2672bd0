namespace Tessera.TiffFormat;

/// <summary>The series of an OME-TIFF: its XML says which page of which file is which plane.</summary>
internal static class OmeSeries
{
    /// <summary>The series, or null if the file isn't an OME-TIFF or its XML doesn't fit its pages.</summary>
    public static IReadOnlyList<SeriesPlan>? Of(OmeFiles files)
    {
        PageDirectory first = files.Here.Pages[0];
        if (SeriesListing.Told(first, PageDescription.OmeXml) is not { } xml || OmeXml.Parse(xml, files) is not { } images)
            return null;

        List<SeriesPlan> series = [.. images.Select(image => Plan(image, files)).OfType<SeriesPlan>()];
        return series.Count > 0 ? series : null;
    }

    /// <summary>The series of an image; null if it has no page of its size in this file.</summary>
    private static SeriesPlan? Plan(OmeImage image, OmeFiles files)
    {
        PageDirectory? key = image.Planes.Where(planes => files.IsHere(planes.File) && planes.Page < files.Here.Pages.Count)
            .Select(planes => files.Here.Pages[planes.Page]).FirstOrDefault();
        if (key?.TryLayout() is not { } page || page.Width != image.Sizes['X'] || page.Height != image.Sizes['Y'] || page.Samples != image.Samples)
            return null;

        IReadOnlyList<PageDirectory> Pages() => OmePages.Of(image, files);
        SeriesPlan plan = SeriesPlan.Of(
            image.Name, image.OuterAxes.Select(axis => (axis, image.Pages(axis))), key,
            () => new FrameList(Pages().Select(one => new PlaneSet(one.Layout))), Pages);
        return plan with { PixelSize = image.PixelSize };
    }
}
