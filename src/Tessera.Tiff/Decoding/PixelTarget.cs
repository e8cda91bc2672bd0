using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tessera.TiffFormat;

/// <summary>
/// Where the pixels of one part of a box go: the destination holds the whole box, dense, as (row, column, sample); a part is what one segment
/// has of it.
/// </summary>
/// <param name="destination">The elements of the box.</param>
/// <param name="layout">The page.</param>
/// <param name="box">What was asked for.</param>
/// <param name="part">What the segment has of it.</param>
/// <param name="plane">The sample that the segment holds, where each has its own; else 0.</param>
internal readonly ref struct PixelTarget(Span<byte> destination, PageLayout layout, PageBox box, PageBox part, int plane)
{
    private readonly Span<byte> _destination = destination;

    public PageBox Part => part;

    /// <summary>True where a stored row, once in the machine's byte order, is a row of the destination byte for byte.</summary>
    public bool IsStraight => !layout.IsBilevel && box.Samples == layout.SegmentSamples;

    /// <summary>True where, moreover, the part is as wide as the box, so that its rows follow each other.</summary>
    public bool IsDense => IsStraight && part.Columns == box.Columns;

    private int ElementBytes => layout.ElementType.Size;

    private int RowBytes => (int)(part.Columns * box.Samples * ElementBytes);

    /// <summary>Rows of a dense part, numbered as in the page.</summary>
    public Span<byte> Rows(long row, long rows)
    {
        Debug.Assert(IsDense, "The rows don't follow each other.");
        return _destination.Slice(StartOf(row), (int)(rows * RowBytes));
    }

    /// <summary>One row of a straight part.</summary>
    public Span<byte> Row(long row)
    {
        Debug.Assert(IsStraight, "The row isn't stored as it is wanted.");
        return _destination.Slice(StartOf(row), RowBytes);
    }

    /// <summary>Puts a stored row, in the machine's byte order, from the first wanted pixel on.</summary>
    /// <param name="row">Its number in the page.</param>
    /// <param name="stored">The bytes that hold the part's columns.</param>
    /// <param name="firstBit">Bilevel: which bit of the first byte is the first pixel, 0 being the most significant one.</param>
    public void PutRow(long row, ReadOnlySpan<byte> stored, int firstBit)
    {
        Span<byte> target = _destination[StartOf(row)..];
        if (layout.IsBilevel)
            BilevelRow.Unpack(stored, firstBit, target[..(int)part.Columns]);
        else if (IsStraight)
            stored[..RowBytes].CopyTo(target);
        else if (ElementBytes == 1)
            Pick(stored, target);
        else if (ElementBytes == 2)
            Pick(MemoryMarshal.Cast<byte, ushort>(stored), MemoryMarshal.Cast<byte, ushort>(target));
        else if (ElementBytes == 4)
            Pick(MemoryMarshal.Cast<byte, uint>(stored), MemoryMarshal.Cast<byte, uint>(target));
        else
            Pick(MemoryMarshal.Cast<byte, ulong>(stored), MemoryMarshal.Cast<byte, ulong>(target));
    }

    /// <summary>Some of the samples of each pixel, or one plane in between the others.</summary>
    private void Pick<T>(ReadOnlySpan<T> stored, Span<T> target)
        where T : unmanaged
    {
        (int run, int first) = layout.IsPlanar ? (1, 0) : (box.Samples, box.Sample);
        for (int pixel = 0; pixel < (int)part.Columns; pixel++)
            stored.Slice(pixel * layout.SegmentSamples + first, run).CopyTo(target[(pixel * box.Samples)..]);
    }

    /// <summary>The byte where the part's first column of a row goes; of a plane, its sample.</summary>
    private int StartOf(long row)
    {
        int sample = layout.IsPlanar ? plane - box.Sample : 0;
        return (int)((((row - box.Row) * box.Columns + (part.Column - box.Column)) * box.Samples + sample) * ElementBytes);
    }
}
