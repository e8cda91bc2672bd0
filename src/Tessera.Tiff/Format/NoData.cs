using System.Globalization;
using System.Numerics;
using System.Text;

namespace Tessera.TiffFormat;

/// <summary>
/// The element that stands in for pixels that were never written: GDAL's no-data value (tag 42113, a number as text) if there is one, else 0. A
/// number that the element can't be is rounded and cut to the element's range, as GDAL does; what isn't a number is 0.
/// </summary>
internal static class NoData
{
    private const int MostCharacters = 64;
    private const ushort Ascii = 2;

    /// <summary>The bits of the element, in the lowest bytes.</summary>
    public static ulong Read(PageLayout layout, HeaderWindow window)
    {
        if (layout.NoData is not { Type: Ascii, Count: > 0 } field)
            return 0;
        string text = Encoding.Latin1.GetString(window.Bytes(field.ValuesAt, (int)Math.Min(field.Count, MostCharacters)));
        return Parse(text, layout.ElementType);
    }

    /// <summary>The bits of a number that stands in a text up to its end or the first NUL.</summary>
    public static ulong Parse(string text, ElementType element)
    {
        string number = text.Split('\0')[0].Trim().Replace(',', '.'); // some writers use their user's decimal separator
        if (Int128.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 whole))
            return Bits(element, whole);
        return TryParse(number, out double value) ? Bits(element, element.IsFloatingPoint ? value : Math.Round(value, MidpointRounding.AwayFromZero)) : 0;
    }

    /// <summary>Also the names that C libraries write: nan, -nan, 1.#QNAN, inf, -inf.</summary>
    private static bool TryParse(string number, out double value)
    {
        if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        if (number.Contains("nan", StringComparison.OrdinalIgnoreCase) || number.Contains("#ind", StringComparison.OrdinalIgnoreCase))
            value = double.NaN;
        else if (number.Contains("inf", StringComparison.OrdinalIgnoreCase))
            value = number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        else
            return false;
        return true;
    }

    private static ulong Bits<T>(ElementType element, T value)
        where T : INumber<T> => element switch
        {
            ElementType.Boolean => T.IsZero(value) || T.IsNaN(value) ? 0UL : 1,
            ElementType.SByte => (byte)sbyte.CreateSaturating(value),
            ElementType.Byte => byte.CreateSaturating(value),
            ElementType.Int16 => (ushort)short.CreateSaturating(value),
            ElementType.UInt16 => ushort.CreateSaturating(value),
            ElementType.Int32 => (uint)int.CreateSaturating(value),
            ElementType.UInt32 => uint.CreateSaturating(value),
            ElementType.Int64 => (ulong)long.CreateSaturating(value),
            ElementType.UInt64 => ulong.CreateSaturating(value),
            ElementType.Half => BitConverter.HalfToUInt16Bits(Half.CreateSaturating(value)),
            ElementType.Single => BitConverter.SingleToUInt32Bits(float.CreateSaturating(value)),
            ElementType.Double => BitConverter.DoubleToUInt64Bits(double.CreateSaturating(value)),
            _ => throw new ArgumentOutOfRangeException(nameof(element)),
        };
}
