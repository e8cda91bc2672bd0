using System.Numerics;
using System.Runtime.InteropServices;

namespace Tessera.TiffFormat;

/// <summary>Horizontal differencing (TIFF 6.0, section 14): each sample less the same sample of the pixel to the left, wrapping. Floating point is taken by its bits.</summary>
internal static class HorizontalPredictor
{
    /// <summary>Differences to values, in the machine's byte order, row by row in place.</summary>
    public static void Undo(Span<byte> rows, int rowBytes, int samples, int size)
    {
        for (int at = 0; at < rows.Length; at += rowBytes)
        {
            Span<byte> row = rows.Slice(at, rowBytes);
            switch (size)
            {
                case 1: Sum(row, samples); break;
                case 2: Sum(MemoryMarshal.Cast<byte, ushort>(row), samples); break;
                case 4: Sum(MemoryMarshal.Cast<byte, uint>(row), samples); break;
                case 8: Sum(MemoryMarshal.Cast<byte, ulong>(row), samples); break;
                default: throw new ArgumentOutOfRangeException(nameof(size));
            }
        }
    }

    /// <summary>Values to differences, in place.</summary>
    public static void Apply(Span<byte> rows, int rowBytes, int samples, int size)
    {
        for (int at = 0; at < rows.Length; at += rowBytes)
        {
            Span<byte> row = rows.Slice(at, rowBytes);
            switch (size)
            {
                case 1: Difference(row, samples); break;
                case 2: Difference(MemoryMarshal.Cast<byte, ushort>(row), samples); break;
                case 4: Difference(MemoryMarshal.Cast<byte, uint>(row), samples); break;
                case 8: Difference(MemoryMarshal.Cast<byte, ulong>(row), samples); break;
                default: throw new ArgumentOutOfRangeException(nameof(size));
            }
        }
    }

    private static void Sum<T>(Span<T> row, int samples)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (samples == 1)
        {
            T sum = T.Zero; // in a register: waiting for the value just stored would take three times as long
            foreach (ref T value in row)
                value = sum = unchecked(sum + value);
            return;
        }

        for (int i = samples; i < row.Length; i++)
            row[i] = unchecked(row[i] + row[i - samples]);
    }

    private static void Difference<T>(Span<T> row, int samples)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = row.Length - 1; i >= samples; i--)
            row[i] = unchecked(row[i] - row[i - samples]);
    }
}
