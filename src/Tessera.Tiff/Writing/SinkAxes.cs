namespace Tessera.TiffFormat;

/// <summary>What the axes of an array are that becomes a file: those of its pages, then Y and X, then S where a pixel has samples.</summary>
/// <param name="Letters">A letter for each axis. An axis of pages that nothing is said of is I.</param>
/// <param name="Shape">Their sizes.</param>
internal sealed record SinkAxes(string Letters, Shape Shape)
{
    /// <summary>Axes over pages, which are the first ones.</summary>
    public int Outer => Letters.IndexOf('Y', StringComparison.Ordinal);

    /// <summary>True where the last axis holds the samples of a pixel.</summary>
    public bool HasSamples => Letters[^1] == 'S';

    /// <summary>The size of an axis, 1 if there is none of that letter.</summary>
    public long this[char letter] => Letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and int axis ? Shape[axis] : 1;

    /// <summary>The axes, as the options say or the shape suggests.</summary>
    /// <exception cref="NotSupportedException">A TIFF can't hold such an array, or not with these options.</exception>
    /// <exception cref="ArgumentException">The options contradict themselves or the array.</exception>
    public static SinkAxes Of(ElementType element, Shape shape, TiffOptions options)
    {
        var axes = new SinkAxes(options.Metadata == TiffMetadata.None ? Pages(element, shape, options) : Named(element, shape, options), shape);
        if (axes.HasSamples && element == ElementType.Boolean)
            throw new NotSupportedException("Pages of bool have one bit a pixel and no colours; cast the array to byte for Photometric = Rgb.");
        if (axes.HasSamples && shape[shape.Rank - 1] is not (3 or 4))
            throw new NotSupportedException($"With colours, the last axis holds 3 or 4 samples of a pixel; the array has the shape {shape}.");
        if (shape.Length == 0)
            throw new NotSupportedException($"A TIFF page has at least one pixel; the array has the shape {shape}.");
        if (options.Metadata == TiffMetadata.ImageJ)
            ImageJDescription.Check(element, axes, options);
        else if (options.Metadata == TiffMetadata.Ome)
            OmeDescription.Check(element, axes);
        return axes;
    }

    private static string Pages(ElementType element, Shape shape, TiffOptions options)
    {
        if (options.Axes is not null)
            throw new ArgumentException($"Axes = \"{options.Axes}\" was given, and plain TIFF can't tell it; set Metadata to ImageJ or Ome as well.", nameof(options));

        bool rgb = options.Photometric == TiffPhotometric.Rgb || (options.Photometric is null && LooksLikeColours(element, shape));
        int axes = shape.Rank - (rgb ? 1 : 0);
        if (axes is not (2 or 3))
        {
            throw new NotSupportedException(
                $"A plain TIFF holds arrays of (height, width) or (pages, height, width), and with Photometric = Rgb one more axis of 3 or 4 samples; " +
                $"the array has the shape {shape} and Photometric is {(rgb ? TiffPhotometric.Rgb : TiffPhotometric.MinIsBlack)}. " +
                "Set Metadata = ImageJ or Ome for up to five axes, reshape it, or save its parts to a file each.");
        }

        return (axes == 3 ? "IYX" : "YX") + (rgb ? "S" : "");
    }

    private static string Named(ElementType element, Shape shape, TiffOptions options)
    {
        string axes = options.Axes ?? (LooksLikeColours(element, shape) && shape.Rank == 3 && options.Photometric != TiffPhotometric.MinIsBlack ? "YXS" : shape.Rank switch
        {
            2 => "YX",
            5 => "TZCYX",
            6 => "TZCYXS",
            _ => throw new ArgumentException(
                $"The array has the shape {shape}, and which of time, depth and channels its first axes are isn't known; say it with Axes, \"{(shape.Rank == 4 ? "TZ" : "T")}YX\" for instance.", nameof(options)),
        });
        int outer = axes.IndexOf('Y', StringComparison.Ordinal);
        bool known = outer >= 0 && axes[outer..] is "YX" or "YXS" && axes[..outer].All("TZC".Contains) && axes.Distinct().Count() == axes.Length;
        if (!known)
        {
            throw new ArgumentException(
                $"Axes is \"{axes}\"; it is each of T (time), Z (depth) and C (channels) once at most, then YX, then S if the last axis has the samples of RGB.", nameof(options));
        }

        if (axes.Length != shape.Rank)
            throw new ArgumentException($"Axes \"{axes}\" names {axes.Length} axes, and the array has {shape.Rank}, the shape {shape}.", nameof(options));
        bool rgb = axes[^1] == 'S';
        if (options.Photometric is { } photometric && rgb != (photometric == TiffPhotometric.Rgb))
            throw new ArgumentException($"Axes \"{axes}\" and Photometric = {photometric} contradict each other: S is the axis of RGB's samples.", nameof(options));
        return axes;
    }

    private static bool LooksLikeColours(ElementType element, Shape shape) =>
        element is ElementType.Byte or ElementType.UInt16 && shape.Rank is 3 or 4 && shape[shape.Rank - 1] is 3 or 4;
}
