using System.Buffers.Binary;
using System.Text;

namespace Tessera.TiffFormat;

/// <summary>What ImageJ keeps in a tag of its own: the text of an image's information, and labels of its planes.</summary>
/// <remarks>
/// The tag begins with a mark, then names each kind of part with how many there are of it, then has the parts. A second tag counts the bytes
/// of that head and of each part.
/// <code>
/// IJIJ  info 1  labl 3      12 + 8 bytes, so the second tag has 20, 34, 8, 8, 8
/// </code>
/// </remarks>
internal static class ImageJInformation
{
    private const int Entry = 8, MarkBytes = 4, MostHead = 1 << 16, MostText = 256 << 20;

    /// <summary>The information as <c>Info</c> and the labels, a line each, as <c>Labels</c>; nothing where the tags aren't there or don't fit each other.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(TagDirectory tags)
    {
        var found = new List<KeyValuePair<string, string>>();
        try
        {
            if (tags.Find(TiffTag.ImageJCounts) is { } counts && tags.Find(TiffTag.ImageJMetadata) is { Type: 1 or 7 } data)
                Read(tags, counts, data, found);
        }
        catch (InvalidDataException)
        {
            // beyond the end of the file: what was found before stays
        }

        return found;
    }

    private static void Read(TagDirectory tags, Field counts, Field data, List<KeyValuePair<string, string>> found)
    {
        int size = tags.CheckedSize(counts);
        tags.File.Require(data.ValuesAt, data.Count);
        long head = Bytes(0);
        if (head is < MarkBytes + Entry or > MostHead || head > data.Count)
            return;
        byte[] kinds = tags.Text(data, (int)head, upToZero: false).ToArray();
        bool littleEndian = kinds.AsSpan().StartsWith("JIJI"u8);
        if (!littleEndian && !kinds.AsSpan().StartsWith("IJIJ"u8))
            return;

        long at = head, part = 1;
        for (int entry = MarkBytes; entry + Entry <= kinds.Length; entry += Entry)
        {
            uint kind = Number(entry), count = Number(entry + 4);
            var lines = new List<string>();
            for (uint i = 0; i < count && part < counts.Count; i++, part++)
            {
                long bytes = Bytes(part);
                if (bytes > data.Count - at)
                    return;
                if (Name(kind) is not null && bytes <= MostText)
                    lines.Add(Text(at, bytes));
                at += bytes;
            }

            if (Name(kind) is { } name && lines.Count > 0)
                found.Add(new(name, string.Join('\n', lines)));
        }

        long Bytes(long index) => tags.UnsignedAt(counts.ValuesAt + (index * size), size);

        uint Number(int place) => littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(kinds.AsSpan(place)) : BinaryPrimitives.ReadUInt32BigEndian(kinds.AsSpan(place));

        string Text(long from, long bytes) =>
            (littleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(
                tags.Text(data with { ValuesAt = data.ValuesAt + from, Count = bytes }, MostText, upToZero: false));
    }

    private static string? Name(uint kind) => kind switch
    {
        0x696E666F => "Info",   // info
        0x6C61626C => "Labels", // labl
        _ => null,
    };
}
