using System.Numerics.Tensors;

namespace Tessera.TiffFormat;

/// <summary>Reads the table of colours of a page: all reds, all greens, all blues, of 16 bits each.</summary>
internal static class ColorMapReader
{
    private const int Colours = 3, MostEntries = 1 << 16; // as many as samples of 16 bits can tell apart

    /// <summary>The table as (3, entries), or null if the page has none.</summary>
    public static Tensor<ushort>? Read(PageLayout layout)
    {
        if (layout.ColorMap is not { } field)
            return null;
        if (field.IntegerSize is not (1 or 2) || field.Count is 0 or > Colours * MostEntries || field.Count % Colours != 0)
        {
            throw layout.Damaged(
                layout.DirectoryOffset, $"its table of colours has {field.Count} values of type {field.Type}; it has red, green and blue " +
                $"of 1 to {MostEntries} colours, in SHORT (3). The samples can be read without it");
        }

        using var window = new HeaderWindow(layout.File) { IsBigEndian = layout.IsBigEndian };
        long[] values = window.Table(field.ValuesAt, field.IntegerSize, field.Count);
        return Tensor.Create(Array.ConvertAll(values, value => (ushort)value), [Colours, values.Length / Colours]);
    }
}
