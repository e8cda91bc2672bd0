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
    /// <summary>Of pixels that are widened at a time.</summary>
    public const int PieceBytes = 32 * 1024;

    private readonly Span<byte> _destination = destination;

    public PageBox Part => part;

    /// <summary>True where a stored row, once in the machine's byte order, is a row of the destination byte for byte.</summary>
    public bool IsStraight => !layout.IsWidened && TakesAllSamples;

    /// <summary>True where, moreover, the part is as wide as the box, so that its rows follow each other.</summary>
    public bool IsDense => IsStraight && part.Columns == box.Columns;

    private bool TakesAllSamples => box.Samples == layout.SegmentSamples;

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
    /// <param name="firstBit">Where pixels aren't whole bytes: which bit of the first byte they begin with, 0 being the most significant one.</param>
    public void PutRow(long row, ReadOnlySpan<byte> stored, int firstBit)
    {
        Span<byte> target = _destination[StartOf(row)..];
        if (IsStraight)
            stored[..RowBytes].CopyTo(target);
        else if (!layout.IsWidened)
            Pick(stored, target, (int)part.Columns);
        else if (TakesAllSamples)
            WidenedRow.Widen(layout.Sample, stored, firstBit, target[..RowBytes]);
        else
            WidenAndPick(stored, firstBit, target);
    }

    /// <summary>Gives every pixel of the part one value.</summary>
    /// <param name="value">The bits of an element, in the lowest bytes.</param>
    public void Fill(ulong value)
    {
        if (ElementBytes == 1)
            Fill(_destination, (byte)value);
        else if (ElementBytes == 2)
            Fill(MemoryMarshal.Cast<byte, ushort>(_destination), (ushort)value);
        else if (ElementBytes == 4)
            Fill(MemoryMarshal.Cast<byte, uint>(_destination), (uint)value);
        else if (ElementBytes == 8)
            Fill(MemoryMarshal.Cast<byte, ulong>(_destination), value);
        else
            throw new UnreachableException($"Elements of {ElementBytes} bytes aren't read.");
    }

    private void Fill<T>(Span<T> elements, T value)
        where T : unmanaged
    {
        for (long row = part.Row; row < part.EndRow; row++)
        {
            Span<T> target = elements[(StartOf(row) / ElementBytes)..];
            if (!layout.IsPlanar || box.Samples == 1)
            {
                target[..(int)(part.Columns * box.Samples)].Fill(value);
                continue;
            }

            for (int pixel = 0; pixel < (int)part.Columns; pixel++)
                target[pixel * box.Samples] = value;
        }
    }

    /// <summary>Samples that are widened with all others of their pixels, some pixels at a time, and then picked.</summary>
    private void WidenAndPick(ReadOnlySpan<byte> stored, int firstBit, Span<byte> target)
    {
        int pixelBytes = layout.SegmentSamples * ElementBytes, pixelsAPiece = Math.Max(1, PieceBytes / pixelBytes);
        using var piece = new RentedBytes(pixelsAPiece * pixelBytes);
        for (long pixel = 0; pixel < part.Columns; pixel += pixelsAPiece)
        {
            int pixels = (int)Math.Min(pixelsAPiece, part.Columns - pixel);
            long bit = firstBit + pixel * layout.StoredPixelBits;
            Span<byte> widened = piece.Span[..(pixels * pixelBytes)];
            WidenedRow.Widen(layout.Sample, stored[(int)(bit >> 3)..], (int)(bit & 7), widened);
            Pick(widened, target[(int)(pixel * box.Samples * ElementBytes)..], pixels);
        }
    }

    /// <summary>Some of the samples of each pixel, or one plane in between the others.</summary>
    private void Pick(ReadOnlySpan<byte> elements, Span<byte> target, int pixels)
    {
        if (ElementBytes == 1)
            Pick<byte>(elements, target, pixels);
        else if (ElementBytes == 2)
            Pick(MemoryMarshal.Cast<byte, ushort>(elements), MemoryMarshal.Cast<byte, ushort>(target), pixels);
        else if (ElementBytes == 4)
            Pick(MemoryMarshal.Cast<byte, uint>(elements), MemoryMarshal.Cast<byte, uint>(target), pixels);
        else if (ElementBytes == 8)
            Pick(MemoryMarshal.Cast<byte, ulong>(elements), MemoryMarshal.Cast<byte, ulong>(target), pixels);
        else
            throw new UnreachableException($"Elements of {ElementBytes} bytes aren't read.");
    }

    private void Pick<T>(ReadOnlySpan<T> elements, Span<T> target, int pixels)
        where T : unmanaged
    {
        (int some, int first) = layout.IsPlanar ? (1, 0) : (box.Samples, box.Sample);
        for (int pixel = 0; pixel < pixels; pixel++)
            elements.Slice(pixel * layout.SegmentSamples + first, some).CopyTo(target[(pixel * box.Samples)..]);
    }

    /// <summary>The byte where the part's first column of a row goes; of a plane, its sample.</summary>
    private int StartOf(long row)
    {
        int sample = layout.IsPlanar ? plane - box.Sample : 0;
        return (int)((((row - box.Row) * box.Columns + (part.Column - box.Column)) * box.Samples + sample) * ElementBytes);
    }
}
