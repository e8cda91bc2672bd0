namespace Tessera.TiffFormat;

/// <summary>The texts of a page that people read, by the names that TIFF gives their tags.</summary>
internal static class PageTexts
{
    private const int MostText = 256 << 20;

    private static readonly TiffTag[] Tags =
    [
        TiffTag.DocumentName, TiffTag.ImageDescription, TiffTag.Make, TiffTag.Model, TiffTag.PageName, TiffTag.Software, TiffTag.DateTime, TiffTag.Artist,
        TiffTag.HostComputer, TiffTag.Copyright,
    ];

    /// <summary>Those that the directory has. What it points to and the file hasn't is left out.</summary>
    public static IReadOnlyDictionary<string, string> Read(TagDirectory tags)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TiffTag tag in Tags)
        {
            if (tags.Find(tag) is not { Type: 2, Count: > 0 } field)
                continue;
            try
            {
                texts[tag.ToString()] = PageDescription.Decode(tags.Text(field, MostText));
            }
            catch (InvalidDataException)
            {
                // beyond the end of the file
            }
        }

        return texts;
    }
}
