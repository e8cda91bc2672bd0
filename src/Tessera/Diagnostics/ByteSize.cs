using System.Globalization;

namespace Tessera.Diagnostics;

/// <summary>Numbers of bytes as people read them.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Three digits at most before the unit, one of them behind the point: "512 B", "1.5 KiB", "3.9 GiB", "128 MiB".</summary>
    public static string Format(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (Math.Abs(value) >= (unit == 0 ? 1024 : 1023.5))
        {
            value /= 1024;
            unit++;
        }

        // 99.96 would round to "100.0"
        string digits = unit > 0 && Math.Abs(value) < 99.95 ? "0.#" : "0";
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(digits, CultureInfo.InvariantCulture)} {Units[unit]}");
    }
}
