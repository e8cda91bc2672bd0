namespace Tessera.TiffFormat;

/// <summary>
/// How many rows a strip has: what RowsPerStrip says, or all of the page where it is left out or 0. Writers that make one strip of every page may
/// put there what they like, or what is left of the height in 16 bits (ImageJ's pages of more than 65,535 rows): where a plane has one strip,
/// and its byte count doesn't speak against it, that strip is the plane.
/// </summary>
internal static class StripLength
{
    /// <summary>The rows of a strip.</summary>
    /// <param name="tags">The page's directory.</param>
    /// <param name="height">Rows of the page.</param>
    /// <param name="rowBytes">Bytes of a stored row.</param>
    /// <param name="planes">Planes of the page, whose strips follow each other in the table.</param>
    /// <param name="compression">How the strips are compressed.</param>
    public static long Read(TagDirectory tags, long height, long rowBytes, int planes, TiffCompression compression)
    {
        long rows = tags.Number(TiffTag.RowsPerStrip, 0);
        if (rows == 0 || rows >= height)
            return height;
        return tags.Find(TiffTag.StripOffsets) is { } offsets && offsets.Count == planes && MayBeWhole(tags, height, rowBytes, compression) ? height : rows;
    }

    /// <summary>Whether the first strip may hold all rows. What compressed ones hold shows when they are decoded.</summary>
    private static bool MayBeWhole(TagDirectory tags, long height, long rowBytes, TiffCompression compression)
    {
        if (compression != TiffCompression.None || tags.Find(TiffTag.StripByteCounts) is not { Count: > 0 } counts)
            return true;
        long first = tags.NumberAt(counts, 0);
        return first == 0 || (UInt128)first >= (UInt128)height * (UInt128)rowBytes;
    }
}
