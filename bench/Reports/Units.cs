using System.Globalization;

namespace Tessera.Bench;

/// <summary>Numbers as a reader wants them: three digits and a fitting unit.</summary>
internal static class Units
{
    public static string Time(double seconds) => seconds switch
    {
        < 0.9995e-6 => $"{Digits(seconds * 1e9)} ns",
        < 0.9995e-3 => $"{Digits(seconds * 1e6)} µs",
        < 0.9995 => $"{Digits(seconds * 1e3)} ms",
        _ => $"{Digits(seconds)} s",
    };

    public static string Rate(double bytesPerSecond) =>
        bytesPerSecond < 0.9995e9 ? $"{Digits(bytesPerSecond / 1e6)} MB/s" : $"{Digits(bytesPerSecond / 1e9)} GB/s";

    /// <summary>Three significant digits; all of those before the point.</summary>
    public static string Digits(double value)
    {
        int before = value > 0 ? (int)Math.Floor(Math.Log10(value) + 0.0002) + 1 : 1; // 9.996 is 10.0
        return value.ToString($"F{Math.Clamp(3 - before, 0, 6)}", CultureInfo.InvariantCulture);
    }
}
