namespace Tessera.TiffFormat;

/// <summary>Puts the pages of an OME-TIFF's image in the order of its axes.</summary>
internal static class OmePages
{
    /// <summary>A page for every plane.</summary>
    /// <exception cref="InvalidDataException">A plane has none.</exception>
    public static IReadOnlyList<PageDirectory> Of(OmeImage image, OmeFiles files)
    {
        string axes = image.OuterAxes;
        Shape outer = Outer(image, axes, files.Here.File);
        long[] strides = outer.DenseStrides();
        // A file counts once, under however many names, so room is never made for more planes than there are pages.
        long pagesInFiles = image.Planes.Select(planes => files.Open(planes.File)).Distinct().Sum(chain => (long)chain.Pages.Count);
        if (outer.Length > pagesInFiles)
            throw Missing(image, files, $"{outer.Length} planes {outer}, and the file(s) {pagesInFiles} pages");

        var pages = new PageDirectory[outer.Length];
        long taken = 0;
        foreach (OmePlanes planes in image.Planes)
        {
            DirectoryChain chain = files.Open(planes.File);
            long place = 0;
            for (int axis = 0; axis < axes.Length; axis++)
            {
                long at = planes.First.Along(axes[axis]) / (axes[axis] == 'C' ? image.Samples : 1);
                if (at >= outer[axis])
                    throw Missing(image, files, $"a plane {at} along {axes[axis]}, of which it has {outer[axis]}");
                place += at * strides[axis];
            }

            long count = planes.Count ?? Math.Min(chain.Pages.Count - planes.Page, pages.Length - place);
            taken += count;
            if (count < 0 || planes.Page + count > chain.Pages.Count || place + count > pages.Length || taken > 2 * outer.Length)
                throw Missing(image, files, $"{count} planes from page {planes.Page} of '{chain.File.Path}' on, which has {chain.Pages.Count}");
            for (int i = 0; i < count; i++)
                pages[place + i] = chain.Pages[planes.Page + i];
        }

        int hole = Array.FindIndex(pages, page => page is null);
        return hole < 0 ? pages : throw Missing(image, files, $"no page for plane {hole} of {outer.Length}, {axes} being {outer}");
    }

    private static Shape Outer(OmeImage image, string axes, ReadOnlyFile file)
    {
        try
        {
            return Shape.Create([.. axes.Select(image.Pages)]);
        }
        catch (OverflowException tooMany)
        {
            throw file.Damaged(0, "its OME-XML has more planes than can be counted", tooMany);
        }
    }

    private static InvalidDataException Missing(OmeImage image, OmeFiles files, string what) => files.Here.File.Damaged(
        files.Here.Pages[0].Offset, $"the image '{image.Name}' of its OME-XML has {what}; its pages can be taken one by one, by TiffFile.Pages or TiffReadOptions {{ Pages = .. }}");
}
