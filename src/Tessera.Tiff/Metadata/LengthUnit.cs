namespace Tessera.TiffFormat;

/// <summary>Units of length as programs of microscopy write them.</summary>
internal static class LengthUnit
{
    private const double Most = 1e30; // so that sums and products with it are finite

    /// <summary>Micrometres of a unit; null if it is no length that is known, as pixels aren't.</summary>
    public static double? Micrometres(string unit) => unit.Trim().Replace(@"\u00B5", "µ", StringComparison.OrdinalIgnoreCase).Replace('μ', 'µ') switch
    {
        "µm" or "um" or "micron" or "microns" or "micrometer" or "micrometre" => 1,
        "nm" or "nanometer" or "nanometre" => 1e-3,
        "Å" or "angstrom" => 1e-4,
        "pm" or "picometer" or "picometre" => 1e-6,
        "mm" or "millimeter" or "millimetre" => 1e3,
        "cm" or "centimeter" or "centimetre" => 1e4,
        "dm" => 1e5,
        "m" or "meter" or "metre" => 1e6,
        "in" or "inch" or "inches" => 25_400,
        "km" => 1e9,
        _ => null,
    };

    /// <summary>A size as a length; null unless it is more than 0, in a unit that is known, and not beyond all measure.</summary>
    public static double? Of(double? size, string unit) => size * Micrometres(unit) is > 0 and < Most and var micrometres ? micrometres : null;
}
