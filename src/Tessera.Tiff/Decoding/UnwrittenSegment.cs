namespace Tessera.TiffFormat;

/// <summary>Gives the pixels of a segment that was never written: offset 0 and no bytes.</summary>
internal static class UnwrittenSegment
{
    public static void Read(PageLayout layout, Segment segment, PixelTarget target)
    {
        if (segment.Count != 0)
        {
            throw layout.Damaged(
                0, $"strip or tile {segment.Index} is said to have {segment.Count} bytes here, where the file's header lies; one that was never written has 0 bytes");
        }

        target.Fill(segment.Table.Unwritten);
    }
}
