using System.Globalization;

namespace Tessera.TiffFormat;

/// <summary>The fields of one directory (IFD), as far as this reader knows their tags.</summary>
internal sealed class TagDirectory(HeaderWindow window, PageNumber page, long offset, IReadOnlyList<Field> fields)
{
    /// <summary>Which page of the file it describes.</summary>
    public PageNumber Page => page;

    /// <summary>Where it lies in the file.</summary>
    public long Offset => offset;

    /// <summary>The file that it was read from.</summary>
    public ReadOnlyFile File => window.File;

    /// <summary>True where the file stores its numbers big end first.</summary>
    public bool IsBigEndian => window.IsBigEndian;

    /// <summary>The field of a tag; the first one where a file repeats it.</summary>
    public Field? Find(TiffTag tag)
    {
        foreach (Field field in fields)
        {
            if (field.Tag == tag)
                return field;
        }

        return null;
    }

    /// <summary>All fields of a tag that may be there several times.</summary>
    public IEnumerable<Field> All(TiffTag tag) => fields.Where(field => field.Tag == tag);

    /// <summary>The field of a tag without which the page can't be read.</summary>
    public Field Need(TiffTag tag) => Find(tag) ?? throw Damaged($"the tag {Name(tag)} is missing");

    /// <summary>The first value of a tag, or what the format says where it is left out.</summary>
    public long Number(TiffTag tag, long? otherwise = null)
    {
        if (Find(tag) is not { } field)
            return otherwise ?? throw Damaged($"the tag {Name(tag)} is missing");
        return NumberAt(field, 0);
    }

    /// <summary>One of the values of a field, by its number from 0, which must be below their count.</summary>
    public long NumberAt(Field field, long index)
    {
        int size = CheckedSize(field);
        return window.Unsigned(field.ValuesAt + index * size, size);
    }

    /// <summary>An unsigned number of some bytes anywhere in the file.</summary>
    public long UnsignedAt(long offset, int size) => window.Unsigned(offset, size);

    /// <summary>The value of a tag that has one for each of <paramref name="samples"/>, which must all be the same.</summary>
    public long CommonNumber(TiffTag tag, int samples, long otherwise)
    {
        if (Find(tag) is not { } field)
            return otherwise;

        int size = CheckedSize(field);
        long first = window.Unsigned(field.ValuesAt, size);
        for (int i = 1; i < Math.Min(samples, field.Count); i++)
        {
            long other = window.Unsigned(field.ValuesAt + (long)i * size, size);
            if (other != first)
                throw Unsupported($"{Name(tag)} {first} for sample 0 and {other} for sample {i}", "the same for all samples");
        }

        return first;
    }

    /// <summary>The first <paramref name="most"/> bytes of a text at most, unless told otherwise without the 0 that ends it; valid until something else is read.</summary>
    public ReadOnlySpan<byte> Text(Field field, int most, bool upToZero = true)
    {
        if (field.Type is not (1 or 2 or 7) || field.Count == 0)
            return [];

        ReadOnlySpan<byte> bytes = window.Bytes(field.ValuesAt, (int)Math.Min(field.Count, most));
        int end = upToZero ? bytes.IndexOf((byte)0) : -1;
        return end < 0 ? bytes : bytes[..end];
    }

    /// <summary>Bytes of one value of a field, after checking that it holds integers and lies inside the file.</summary>
    public int CheckedSize(Field field)
    {
        int size = field.IntegerSize;
        if (size == 0)
            throw Damaged($"the tag {Name(field.Tag)} has values of type {field.Type}, and integers belong there");
        if (field.Count == 0)
            throw Damaged($"the tag {Name(field.Tag)} has no value");
        if (field.Count > File.Length / size)
            throw Damaged($"the tag {Name(field.Tag)} claims {field.Count} values of {size} bytes, and the file has {File.Length} bytes");
        File.Require(field.ValuesAt, field.Count * size);
        return size;
    }

    /// <summary>The directory contradicts the format or itself.</summary>
    public InvalidDataException Damaged(string what) => File.Damaged(offset, $"in the directory of page {page}, {what}");

    /// <summary>The file is right, and this reader doesn't read such pages.</summary>
    public InvalidDataException Unsupported(string found, string supported) =>
        File.Damaged(offset, $"page {page} has {found}; this reader knows {supported}");

    private static string Name(TiffTag tag) => string.Create(CultureInfo.InvariantCulture, $"{tag} ({(ushort)tag})");
}
