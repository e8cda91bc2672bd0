using System.Globalization;

namespace Tessera.Diagnostics;

/// <summary>Lengths of time as people read them.</summary>
internal static class Duration
{
    /// <summary>Two units at most: "42 ms", "3.7 s", "42 s", "3 min 05 s", "2 h 07 min".</summary>
    public static string Format(TimeSpan time)
    {
        // Each limit lies where rounding to the digits shown would reach the next unit.
        FormattableString text = time.TotalSeconds switch
        {
            < 0.9995 => $"{time.TotalMilliseconds:0} ms",
            < 9.95 => $"{time.TotalSeconds:0.0} s",
            < 59.5 => $"{time.TotalSeconds:0} s",
            < 3599.5 => $"{Whole(time.TotalSeconds) / 60} min {Whole(time.TotalSeconds) % 60:00} s",
            _ => $"{Whole(time.TotalMinutes) / 60} h {Whole(time.TotalMinutes) % 60:00} min",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The same, and two digits or three of what is shorter: "0.8 µs", "12 µs", "7.1 ms".</summary>
    public static string FormatShort(TimeSpan time)
    {
        FormattableString? text = time.TotalMicroseconds switch
        {
            0 => $"0",
            < 9.95 => $"{time.TotalMicroseconds:0.0} µs",
            < 999.5 => $"{time.TotalMicroseconds:0} µs",
            < 9950 => $"{time.TotalMilliseconds:0.0} ms",
            _ => null,
        };
        return text?.ToString(CultureInfo.InvariantCulture) ?? Format(time);
    }

    private static long Whole(double value) => (long)Math.Round(value);
}
