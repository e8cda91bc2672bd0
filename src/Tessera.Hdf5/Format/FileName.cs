using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Tessera.Hdf5Format;

/// <summary>
/// A name as a file has it: bytes, which are UTF-8 or else taken for Latin-1. The byte E9 alone and the bytes C3 A9 both spell é, so a name that isn't
/// UTF-8 also has an exact spelling, in which each byte from 80 on stands as the lone surrogate U+DC80 to U+DCFF (as Python has it):
/// <code>
/// bytes      text   exact
/// C3 A9      é      é
/// E9         é      U+DCE9
/// </code>
/// A list in which both are shows the second one under its exact spelling.
/// </summary>
/// <param name="Text">What users see: the text, or the exact spelling.</param>
/// <param name="IsLatin1">Whether the bytes aren't UTF-8.</param>
internal readonly record struct FileName(string Text, bool IsLatin1)
{
    private const char FirstEscape = '\uDC80', LastEscape = '\uDCFF';
    private const int Escape = 0xDC00;

    /// <summary>The bytes in the file.</summary>
    public byte[] Bytes => IsLatin1 && !HasEscapes(Text) ? Encoding.Latin1.GetBytes(Text) : BytesOf(Text);

    /// <summary>The spelling of these bytes and of no others.</summary>
    public string Exact => IsLatin1 ? Escaped(Bytes) : Text;

    public static FileName Of(ReadOnlySpan<byte> bytes)
    {
        (string text, bool isLatin1) = FileText.Read(bytes);
        return new FileName(text, isLatin1);
    }

    /// <summary>Whether a text spells bytes one by one.</summary>
    public static bool HasEscapes(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= FirstEscape and <= LastEscape && (i == 0 || !char.IsHighSurrogate(text[i - 1])))
                return true;
        }

        return false;
    }

    /// <summary>The bytes of an exact spelling.</summary>
    public static byte[] BytesOf(string exact)
    {
        if (!HasEscapes(exact))
            return Encoding.UTF8.GetBytes(exact);
        var bytes = new List<byte>(exact.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (int i = 0, taken; i < exact.Length; i += taken)
        {
            _ = Rune.DecodeFromUtf16(exact.AsSpan(i), out Rune rune, out taken); // half a character becomes U+FFFD
            if (exact[i] is >= FirstEscape and <= LastEscape)
                bytes.Add((byte)(exact[i] - Escape));
            else
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
        }

        return [.. bytes];
    }

    /// <summary>The other name that a text may stand for: the one that has its characters as Latin-1. None if all are ASCII, or one isn't Latin-1.</summary>
    public static bool TryLatin1(string text, out FileName name)
    {
        name = default;
        if (Ascii.IsValid(text) || text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
            return false;
        name = Of(Encoding.Latin1.GetBytes(text));
        return name.IsLatin1;
    }

    /// <summary>The exact spelling of a path, name by name.</summary>
    public static string ExactPath(ReadOnlySpan<byte> path)
    {
        if (Utf8.IsValid(path))
            return Encoding.UTF8.GetString(path);
        var names = new List<string>();
        foreach (Range name in path.Split((byte)'/'))
            names.Add(Of(path[name]).Exact);
        return string.Join('/', names);
    }

    /// <summary>What names of one list are called, so that different bytes have different texts.</summary>
    public static FileName[] Distinct(IReadOnlyCollection<FileName> names)
    {
        HashSet<string>? taken = names.Any(name => name.IsLatin1) ? [.. names.Where(name => !name.IsLatin1).Select(name => name.Text)] : null;
        return [.. names.Select(name => name.IsLatin1 && taken!.Contains(name.Text) ? name with { Text = name.Exact } : name)];
    }

    /// <summary>What a list has under a text or an exact spelling.</summary>
    /// <param name="list">What it has by the texts that <see cref="Distinct"/> gave.</param>
    /// <param name="text">What is looked for.</param>
    /// <param name="isLatin1">Whether the name of something in the list isn't UTF-8.</param>
    /// <param name="found">What is there.</param>
    public static bool TryFind<T>(Dictionary<string, T> list, string text, Func<T, bool> isLatin1, [MaybeNullWhen(false)] out T found)
    {
        if (list.TryGetValue(text, out found))
            return true;
        if (!HasEscapes(text))
            return false;
        FileName name = Of(BytesOf(text));
        return (list.TryGetValue(name.Exact, out found) || list.TryGetValue(name.Text, out found)) && isLatin1(found) == name.IsLatin1;
    }

    private static string Escaped(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte value in bytes)
            text.Append((char)(value < 0x80 ? value : Escape + value));
        return text.ToString();
    }
}
