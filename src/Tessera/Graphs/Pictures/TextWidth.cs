using System.Globalization;
using System.Text;

namespace Tessera.Graphs;

/// <summary>
/// How wide a text is when drawn, guessed without a font. Who looks at a picture has fonts of their own, so widths are those of the wide
/// ones among the common sans-serif fonts: a text may turn out narrower than this, seldom wider.
/// </summary>
internal static class TextWidth
{
    private const string Ellipsis = "…";

    /// <summary>The width in the unit of the font size.</summary>
    public static double Of(string text, double fontSize)
    {
        double ems = 0;
        foreach (Rune rune in text.EnumerateRunes())
            ems += Ems(rune);
        return ems * fontSize;
    }

    /// <summary>
    /// The text on one line and no wider than <paramref name="most"/>; what is cut off leaves an ellipsis. Characters that belong together
    /// (a letter and its accent, a flag) are cut off together.
    /// </summary>
    public static string Fit(string text, double fontSize, double most)
    {
        string line = OnOneLine(text);
        if (Of(line, fontSize) <= most)
            return line;

        double room = most - Of(Ellipsis, fontSize);
        int end = 0;
        while (end < line.Length)
        {
            int length = StringInfo.GetNextTextElementLength(line, end);
            room -= Of(line.Substring(end, length), fontSize);
            if (room < 0)
                break;
            end += length;
        }

        return line[..end].TrimEnd() + Ellipsis;
    }

    // Line breaks, tabs and other controls become one space.
    private static string OnOneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    private static double Ems(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' => 0.4,
        'f' or 'r' or 't' or '(' or ')' or '[' or ']' or '-' or '/' or '\\' or '"' => 0.46,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 1.02,
        '+' or '<' or '>' or '=' or '#' or '~' or '^' or '&' => 0.84,
        >= 'A' and <= 'Z' => 0.8,
        < 0x80 => 0.65,
        < 0x300 => 0.8,
        >= 0x1F000 => 1.3, // emoji
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 1.05,
    };
}
