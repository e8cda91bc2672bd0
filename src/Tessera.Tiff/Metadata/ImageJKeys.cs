using System.Globalization;

namespace Tessera.TiffFormat;

/// <summary>What ImageJ (and what writes like it) says in the description of a file's first page: lines of <c>key=value</c>.</summary>
/// <example><code>
/// ImageJ=1.53t
/// images=60
/// channels=4
/// slices=3
/// frames=5
/// hyperstack=true
/// unit=um
/// </code></example>
internal sealed class ImageJKeys
{
    private readonly Dictionary<string, string> _values;

    private ImageJKeys(Dictionary<string, string> values) => _values = values;

    /// <summary>All keys with their values as they are written.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Planes of the file, which some writers leave out or leave wrong.</summary>
    public long Images => Count("images");

    /// <summary>Channels of a hyperstack, 1 or more.</summary>
    public long Channels => Count("channels");

    /// <summary>Slices along z, 1 or more.</summary>
    public long Slices => Count("slices");

    /// <summary>Frames over time, 1 or more.</summary>
    public long Frames => Count("frames");

    /// <summary>Which of channels (C), slices (Z) and frames (T) follow each other fastest: <c>CZT</c>, fastest first, if nothing else is said.</summary>
    public string Order => Text("order")?.ToUpperInvariant() is { Length: 3 } order && order.Order().SequenceEqual("CTZ") ? order : "CZT";

    /// <summary>Whether a description is ImageJ's.</summary>
    public static bool Begins(ReadOnlySpan<byte> description) => description.StartsWith("ImageJ="u8) || description.StartsWith("SCIFIO="u8);

    /// <summary>The keys of a description, which is ImageJ's.</summary>
    public static ImageJKeys Parse(string description)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in description.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        return new ImageJKeys(values);
    }

    /// <summary>The value of a key, or null.</summary>
    public string? Text(string key) => _values.GetValueOrDefault(key);

    /// <summary>All keys with their values, and others beside them.</summary>
    public IReadOnlyDictionary<string, string> With(IEnumerable<KeyValuePair<string, string>> others)
    {
        var all = new Dictionary<string, string>(_values, StringComparer.Ordinal);
        foreach ((string key, string value) in others)
            all[key] = value;
        return all;
    }

    /// <summary>How large a pixel is: the resolution counts pixels to the unit that is named here, and the spacing of planes is in it, too.</summary>
    public TiffPixelSize? PixelSize(PageResolution? resolution)
    {
        if (resolution is not { } to || Text("unit") is not { } unit)
            return null;
        double? spacing = double.TryParse(Text("spacing"), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
        return LengthUnit.Of(to.X.SizeIn(1), unit) is { } x && LengthUnit.Of(to.Y.SizeIn(1), Text("yunit") ?? unit) is { } y
            ? new TiffPixelSize(x, y, LengthUnit.Of(spacing, Text("zunit") ?? unit)) : null;
    }

    /// <summary>A count, or 1 if it is missing or no count.</summary>
    private long Count(string key) =>
        int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : 1;
}
