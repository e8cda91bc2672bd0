using System.Globalization;

namespace Tessera.Graphs;

/// <summary>
/// Colours for numbers from 0 to 1: from a light yellow over orange and red to a dark purple. Each is darker than those before it, so the
/// order can be read without seeing hues, and in a print without colours.
/// </summary>
internal static class HeatColours
{
    private static readonly (int Red, int Green, int Blue)[] Ramp =
        [(255, 250, 215), (254, 217, 130), (250, 164, 80), (229, 97, 62), (178, 42, 67), (96, 18, 72)];

    /// <summary>The fill for a heat, and black or white, whichever is easier to read on it.</summary>
    public static (string Fill, string Text) Of(double heat)
    {
        (double red, double green, double blue) = At(heat);
        double light = Luminance(red, green, blue);

        // The two contrasts are (light + 0.05) / 0.05 and 1.05 / (light + 0.05), as the Web Content Accessibility Guidelines define them.
        return (Hex(red, green, blue), (light + 0.05) * (light + 0.05) > 1.05 * 0.05 ? "#000000" : "#ffffff");
    }

    /// <summary>What an SVG gradient or a style sheet shows as the same ramp: colours at even distances.</summary>
    public static IEnumerable<string> Stops() => Ramp.Select(stop => Hex(stop.Red, stop.Green, stop.Blue));

    /// <summary>From 0 for black to 1 for white, as the eye adds up the three.</summary>
    public static double Luminance(double red, double green, double blue) =>
        (0.2126 * Linear(red)) + (0.7152 * Linear(green)) + (0.0722 * Linear(blue));

    private static (double Red, double Green, double Blue) At(double heat)
    {
        double at = (double.IsNaN(heat) ? 0 : Math.Clamp(heat, 0, 1)) * (Ramp.Length - 1);
        int stop = Math.Min((int)at, Ramp.Length - 2);
        (var from, var to, double part) = (Ramp[stop], Ramp[stop + 1], at - stop);
        return (double.Lerp(from.Red, to.Red, part), double.Lerp(from.Green, to.Green, part), double.Lerp(from.Blue, to.Blue, part));
    }

    private static double Linear(double channel)
    {
        double part = channel / 255;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    private static string Hex(double red, double green, double blue) =>
        string.Create(CultureInfo.InvariantCulture, $"#{(int)Math.Round(red):x2}{(int)Math.Round(green):x2}{(int)Math.Round(blue):x2}");
}
