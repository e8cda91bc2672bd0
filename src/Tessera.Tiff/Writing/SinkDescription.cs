using System.Text;
using System.Xml;

namespace Tessera.TiffFormat;

/// <summary>What a file tells beside its pixels: texts on its first page, how many pixels there are to a length on all.</summary>
internal sealed class SinkDescription
{
    private const double MicrometresACentimetre = 1e4;

    /// <summary>What is told of an array.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves, or hold what can't be written.</exception>
    /// <exception cref="NotSupportedException">Plain TIFF was asked to tell what it can't.</exception>
    public SinkDescription(ElementType element, SinkAxes axes, TiffOptions options)
    {
        Check(options);
        bool imageJ = options.Metadata == TiffMetadata.ImageJ;
        string? text = options.Metadata switch
        {
            TiffMetadata.None => options.Description,
            TiffMetadata.ImageJ => ImageJDescription.Text(axes, options),
            _ => OmeDescription.Text(element, axes, options),
        };
        Text = text is null ? null : [.. Encoding.UTF8.GetBytes(text), 0];
        if (imageJ && !string.IsNullOrEmpty(options.Description))
            Information = ImageJDescription.Information(options.Description);
        if (options.Resolution is { } given)
            Resolution = Fractions(options, given);
        else if (options.PixelSize is { } pixel && imageJ)
            Resolution = Fractions(options, new(1 / pixel.X, 1 / pixel.Y, TiffResolutionUnit.None)); // the description says: to a micron
        else if (options.PixelSize is { } size)
            Resolution = Fractions(options, new(MicrometresACentimetre / size.X, MicrometresACentimetre / size.Y, TiffResolutionUnit.Centimeter));
    }

    /// <summary>The description of the first page, with the 0 that ends it.</summary>
    public byte[]? Text { get; }

    /// <summary>ImageJ's own tag, and the counts for the tag that goes with it.</summary>
    public (byte[] Bytes, long[] Counts)? Information { get; }

    /// <summary>Pixels to a unit, each a fraction.</summary>
    public (long[] X, long[] Y, TiffResolutionUnit Unit)? Resolution { get; }

    private static void Check(TiffOptions options)
    {
        if (options.Description is { } text && text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The Description has a zero character, which would end it there; leave it out.", nameof(options));
        if (options is { Metadata: TiffMetadata.Ome, Description: { } inXml } && inXml.FirstOrDefault(letter => !XmlConvert.IsXmlChar(letter) && !char.IsSurrogate(letter), ' ') is not ' ' and var unwritable)
            throw new ArgumentException($"The Description has the character U+{(int)unwritable:X4}, which XML can't hold; leave it out.", nameof(options));
        if (options is { PixelSize: not null, Resolution: not null })
            throw new ArgumentException("Both PixelSize and Resolution were given, which say the same in two ways; give one of them.", nameof(options));
        if (options is { Metadata: TiffMetadata.ImageJ, Resolution: not null })
            throw new ArgumentException("ImageJ takes the size of a pixel from the resolution, in a unit of its own; give PixelSize, in micrometres.", nameof(options));
        if (options.Resolution is { } resolution && !Enum.IsDefined(resolution.Unit))
            throw new ArgumentException($"The unit of Resolution is {(int)resolution.Unit}; it is None, Inch or Centimeter.", nameof(options));
        if (options.PixelSize is not { } pixel)
            return;
        foreach (double size in new[] { pixel.X, pixel.Y, pixel.Z ?? 1 })
        {
            if (!(size > 0) || double.IsInfinity(size))
                throw new ArgumentException($"PixelSize is {pixel}; sizes are more than 0, in micrometres.", nameof(options));
        }

        if (pixel.Z is not null && options.Metadata == TiffMetadata.None)
            throw new NotSupportedException("PixelSize has a Z, which plain TIFF can't tell; set Metadata = ImageJ or Ome, or leave it out.");
    }

    private static (long[], long[], TiffResolutionUnit) Fractions(TiffOptions options, TiffResolution resolution)
    {
        foreach (double value in new[] { resolution.X, resolution.Y })
        {
            if (!(value >= 1.0 / uint.MaxValue && value <= uint.MaxValue))
            {
                throw new ArgumentException(
                    $"{(options.Resolution is null ? options.PixelSize : options.Resolution)} comes to {value} pixels to its unit; TIFF holds fractions from 1/{uint.MaxValue} to {uint.MaxValue}.", nameof(options));
            }
        }

        return (Fraction(resolution.X), Fraction(resolution.Y), resolution.Unit);
    }

    /// <summary>The nearest fraction of two numbers of 32 bits, by continued fractions: 15384.615… is 200000/13.</summary>
    private static long[] Fraction(double value)
    {
        (double rest, long top, long bottom, long topBefore, long bottomBefore) = (value, 1, 0, 0, 1);
        while (true)
        {
            double whole = Math.Floor(rest);
            double nextTop = whole * top + topBefore, nextBottom = whole * bottom + bottomBefore;
            if (nextTop > uint.MaxValue || nextBottom > uint.MaxValue)
                break;
            (topBefore, bottomBefore, top, bottom) = (top, bottom, (long)nextTop, (long)nextBottom);
            if (rest == whole || Math.Abs((double)top / bottom - value) <= value * 1e-15)
                break;
            rest = 1 / (rest - whole);
        }

        return [top, bottom];
    }
}
