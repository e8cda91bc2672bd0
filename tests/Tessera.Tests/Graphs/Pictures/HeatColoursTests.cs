using System.Globalization;
using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class HeatColoursTests
{
    [Fact]
    public void More_heat_is_darker_and_its_text_can_be_read()
    {
        double last = double.PositiveInfinity;
        for (int i = 0; i <= 100; i++)
        {
            (string fill, string text) = HeatColours.Of(i / 100.0);
            double light = Luminance(fill), ink = Luminance(text);
            Assert.True(light < last, $"{i} % isn't darker than {i - 1} %.");
            last = light;

            const double LeastForText = 4.5; // of the Web Content Accessibility Guidelines, level AA
            Assert.True((Math.Max(light, ink) + 0.05) / (Math.Min(light, ink) + 0.05) >= LeastForText, $"{text} on {fill}");
        }
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(7, 1)]
    [InlineData(double.NaN, 0)]
    public void Heat_beyond_the_ends_is_drawn_as_the_end(double heat, double end) =>
        Assert.Equal(HeatColours.Of(end), HeatColours.Of(heat));

    private static double Luminance(string colour)
    {
        int rgb = int.Parse(colour[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return HeatColours.Luminance(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    }
}
