namespace Tessera.TiffFormat;

/// <summary>
/// The floating-point predictor (Adobe Photoshop TIFF Technical Note 3): the bytes of a row are sorted into the most significant bytes of
/// all its values, then the next ones, and so on, whatever the byte order of the file; then each byte is stored as its difference from the
/// one <c>samples</c> before it.
/// </summary>
internal static class FloatingPointPredictor
{
    /// <summary>Differences to values in the machine's byte order, row by row in place.</summary>
    public static void Undo(Span<byte> rows, int rowBytes, int samples, int size)
    {
        using var copy = new RentedBytes(rowBytes);
        Span<byte> sorted = copy.Span;
        int values = rowBytes / size;
        for (int at = 0; at < rows.Length; at += rowBytes)
        {
            Span<byte> row = rows.Slice(at, rowBytes);
            HorizontalPredictor.Undo(row, rowBytes, samples, size: 1);
            row.CopyTo(sorted);
            for (int significance = 0; significance < size; significance++)
            {
                ReadOnlySpan<byte> plane = sorted.Slice(significance * values, values);
                int place = PlaceOf(significance, size);
                for (int i = 0; i < plane.Length; i++)
                    row[i * size + place] = plane[i];
            }
        }
    }

    /// <summary>Values to differences, in place.</summary>
    public static void Apply(Span<byte> rows, int rowBytes, int samples, int size)
    {
        using var copy = new RentedBytes(rowBytes);
        Span<byte> original = copy.Span;
        int values = rowBytes / size;
        for (int at = 0; at < rows.Length; at += rowBytes)
        {
            Span<byte> row = rows.Slice(at, rowBytes);
            row.CopyTo(original);
            for (int significance = 0; significance < size; significance++)
            {
                Span<byte> plane = row.Slice(significance * values, values);
                int place = PlaceOf(significance, size);
                for (int i = 0; i < plane.Length; i++)
                    plane[i] = original[i * size + place];
            }

            HorizontalPredictor.Apply(row, rowBytes, samples, size: 1);
        }
    }

    /// <summary>Where the byte of a significance (0 the highest) lies in a value of this machine.</summary>
    private static int PlaceOf(int significance, int size) => BitConverter.IsLittleEndian ? size - 1 - significance : significance;
}
