namespace Tessera.TiffFormat;

/// <summary>A strip or tile, by its number in the table and its first row and column in the page.</summary>
internal readonly record struct Segment(SegmentTable Table, long Index, long FirstRow, long FirstColumn)
{
    /// <summary>First byte in the file; 0 if it was never written.</summary>
    public long Offset => Table.OffsetOf(Index);

    /// <summary>Bytes in the file; of compressed segments and of pages with holes.</summary>
    public long Count => Table.CountOf(Index);
}
