using System.Text;

namespace Tessera.TiffFormat;

/// <summary>Texts of a page that programs write for programs.</summary>
internal static class PageDescription
{
    // OME-XML of a plate has some tens of megabytes; what is longer is no description.
    private const int MostText = 256 << 20;
    private const int MostKeys = 64 << 10;

    /// <summary>ImageJ's keys, if a description of the page is ImageJ's.</summary>
    public static ImageJKeys? ImageJ(TagDirectory tags) =>
        Find(tags, ImageJKeys.Begins, MostKeys) is { } text ? ImageJKeys.Parse(text) : null;

    /// <summary>tifffile's keys, if a description of the page is tifffile's.</summary>
    public static ShapedKeys? Shaped(TagDirectory tags) =>
        Find(tags, ShapedKeys.Begins, MostKeys) is { } text ? ShapedKeys.Parse(text) : null;

    /// <summary>OME-XML, if a description of the page is that.</summary>
    public static string? OmeXml(TagDirectory tags) => Find(tags, OmeXmlBegins, MostText);

    /// <summary>The text of a description as UTF-8, or as Latin-1 if it isn't that.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(text);
        }
    }

    private delegate bool Begins(ReadOnlySpan<byte> description);

    /// <summary>tifffile writes a text of its user's into a first field and its own into a second one.</summary>
    private static string? Find(TagDirectory tags, Begins begins, int most)
    {
        foreach (Field field in tags.All(TiffTag.ImageDescription).Take(2))
        {
            if (begins(tags.Text(field, 1024)))
                return Decode(tags.Text(field, most));
        }

        return null;
    }

    private static bool OmeXmlBegins(ReadOnlySpan<byte> description) =>
        description.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8) && description.IndexOf("<OME"u8) >= 0;
}
