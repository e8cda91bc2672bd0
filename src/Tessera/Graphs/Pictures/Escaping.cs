using System.Text;

namespace Tessera.Graphs;

/// <summary>Makes any text safe to stand in markup, or in a quoted string of DOT.</summary>
internal static class Escaping
{
    /// <summary>For elements and attributes of SVG and HTML.</summary>
    public static string Markup(string text) => Escaped(text, character => character switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '"' => "&quot;",
        _ => null,
    });

    /// <summary>
    /// For a label, quotes not included. Graphviz reads two languages in it: its own, with backslashes, and then the entities of HTML.
    /// </summary>
    public static string Dot(string text) => Escaped(text, character => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '&' => "&amp;",
        _ => null,
    });

    /// <summary>The text with U+FFFD for whatever can't be written: as it looks once it is read again.</summary>
    public static string Readable(string text) => string.Concat(Allowed(text));

    /// <param name="text">Any.</param>
    /// <param name="escape">What stands for a character; null for itself.</param>
    private static string Escaped(string text, Func<int, string?> escape)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in Allowed(text))
            _ = escape(rune.Value) is { } instead ? escaped.Append(instead) : escaped.Append(rune);
        return escaped.ToString();
    }

    // Surrogates that stand alone, which enumerating replaces too, and the characters that XML has no way to write become U+FFFD. All line
    // breaks become line feeds, since a parser of XML reads them so.
    private static IEnumerable<Rune> Allowed(string text) => text.ReplaceLineEndings("\n").EnumerateRunes().Select(rune =>
        (rune.Value < 0x20 && rune.Value is not ('\t' or '\n')) || rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
}
