namespace Tessera.TiffFormat;

/// <summary>The planes that one directory stands for: usually one, its own.</summary>
/// <param name="First">The plane that the directory describes; the others look like it.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Stride">Bytes from one to the next; 0 if the directory lists the segments of all of them.</param>
internal sealed record PlaneSet(PageLayout First, long Count = 1, long Stride = 0)
{
    /// <summary>One of the planes.</summary>
    public PageLayout this[long plane] => First.PlaneBehind(plane, Stride);

    /// <summary>The planes of a page, by what its directory says and the bytes that are there.</summary>
    /// <param name="page">The page.</param>
    /// <param name="followers">How many pages follow before the next one that says something of planes.</param>
    /// <param name="allowIncomplete">Whether to take those that are there of more that should be.</param>
    /// <exception cref="InvalidDataException">The page can't be described, or the planes that it speaks of aren't there.</exception>
    public static PlaneSet Of(PageDirectory page, int followers, bool allowIncomplete)
    {
        PageLayout layout = page.Layout;
        if (page.Claim is not { } claim || followers + 1L >= claim.Planes)
            return new PlaneSet(layout);
        if (layout.Offsets.Count / claim.Planes == layout.Segments && layout.Offsets.Count % claim.Planes == 0)
            return new PlaneSet(layout, claim.Planes);

        (long start, long stride) = Contiguous(layout);
        long room = page.Next is not { } end ? page.File.Length : end > start ? end : 0; // behind it, bytes are another page's
        if (page.Offset > start)
            room = Math.Min(room, page.Offset); // planes don't go on through their own directory
        long there = stride > 0 && room > start ? Math.Max(1, (room - start) / stride) : 1;
        if (there >= claim.Planes)
            return new PlaneSet(layout, claim.Planes, stride);
        if (followers > 0)
            return new PlaneSet(layout); // the pages that are listed are what there is
        if (allowIncomplete)
            return new PlaneSet(layout, there, stride);
        throw layout.Damaged(page.Offset,
            $"{claim.By} says that this directory stands for {claim.Planes} planes, and {(stride > 0 ? $"{(page.Next is null ? "the file ends" : "other pages follow")} after {there}" : "their pixels don't follow each other unpacked")}. " +
            "TiffReadOptions { AllowIncomplete = true } takes what is there, Tiff.Read the first of them");
    }

    /// <summary>Where the pixels of a page begin and how many bytes they are; nothing for pages that aren't one piece as it is read.</summary>
    private static (long Start, long Stride) Contiguous(PageLayout layout)
    {
        if (layout.IsCompressed || layout.IsTiled || layout.Unreadable is not null)
            return (0, 0);

        SegmentTable table = layout.Table;
        long planeBytes = layout.StoredRowBytes * layout.Height;
        if (table.Rows != layout.Height || table.HasHoles)
            return (0, 0);
        for (int sample = 1; sample < layout.Planes; sample++)
        {
            if (table.OffsetOf(sample) - table.OffsetOf(sample - 1) != planeBytes)
                return (0, 0);
        }

        return (table.OffsetOf(0), planeBytes * layout.Planes);
    }
}
