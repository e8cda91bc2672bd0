namespace Tessera.TiffFormat;

/// <summary>So many pixels to so many units of length, both of 32 bits.</summary>
/// <remarks>A size is this turned over, and rounded once: 20 pixels to 13 µm are 0.65 µm each, and 1 / (20.0 / 13) is 0.6499999999999999.</remarks>
internal readonly record struct PixelFraction(long Pixels, long Units)
{
    /// <summary>The size of a pixel.</summary>
    /// <param name="unit">How long a unit is.</param>
    public double SizeIn(int unit) => (double)(Units * unit) / Pixels;
}
