using System.Text;
using System.Text.Unicode;

namespace Tessera.Hdf5Format;

/// <summary>Texts in files: UTF-8, or Latin-1 if the bytes aren't UTF-8, as programs wrote them that knew no other characters.</summary>
internal static class FileText
{
    /// <summary>The text of bytes, and whether they had to be taken for Latin-1.</summary>
    public static (string Text, bool IsLatin1) Read(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? (Encoding.UTF8.GetString(bytes), false) : (Encoding.Latin1.GetString(bytes), true);

    public static string Decode(ReadOnlySpan<byte> bytes) => Read(bytes).Text;

    /// <summary>Whether texts are asked for as the bytes that they are: as <c>byte[]</c>, or an array of these.</summary>
    public static bool IsBytes<T>() => typeof(T) == typeof(byte[]) || typeof(T).IsArray && typeof(T).GetElementType() == typeof(byte[]);
}
