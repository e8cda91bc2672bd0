namespace Tessera.TiffFormat;

/// <summary>
/// Reads the header of a file and follows its chain of directories: header → IFD 0 → IFD 1 → … → 0. Classic TIFF has 4-byte offsets and
/// 12-byte entries, BigTIFF 8-byte offsets and 20-byte entries. Pixels and strip tables aren't touched.
/// </summary>
internal static class DirectoryReader
{
    private const int MostEntries = 65535;

    /// <summary>The directories of the main chain, in order; at most <paramref name="most"/> of them.</summary>
    /// <exception cref="InvalidDataException">The file isn't a TIFF.</exception>
    public static DirectoryChain Read(ReadOnlyFile file, int most = int.MaxValue)
    {
        using var window = new HeaderWindow(file);
        (bool big, long next) = ReadHeader(window);

        var walk = new DirectoryWalk(window, big, []);
        while (next != 0 && walk.Break is null && (walk.Pages.Count < most || WrappedOffsets.NeedWholeChain(file, big, walk.Pages)))
            next = walk.Take(next, new PageNumber(walk.Pages.Count));
        if (walk.Pages.Count == 0 && walk.Break is null && most > 0)
            throw file.Damaged(4, "the header points to no directory, so the file has no page");

        var chain = new DirectoryChain(file, big, walk.Pages, walk.Break);
        WrappedOffsets.Mend(chain);
        return chain.Pages.Count > most || (chain.Pages.Count == most && chain.Break is not null) ? chain with { Pages = [.. chain.Pages.Take(most)], Break = null } : chain;
    }

    /// <summary>The directories that the field SubIFDs of a page lists. What follows them in chains of their own isn't taken.</summary>
    public static DirectoryChain ReadSubPages(PageDirectory page, bool big, bool bigEndian, HashSet<long> seen)
    {
        if (!page.HasSubPages || page.Number.Sub >= 0)
            return new DirectoryChain(page.File, big, [], null);

        using var window = new HeaderWindow(page.File) { IsBigEndian = bigEndian };
        var walk = new DirectoryWalk(window, big, seen);
        try
        {
            Field field = page.Look(tags =>
            {
                Field found = tags.Need(TiffTag.SubDirectories);
                tags.CheckedSize(found);
                return found;
            });
            for (int i = 0; i < field.Count && walk.Break is null; i++)
            {
                long offset = window.Unsigned(field.ValuesAt + (long)i * field.IntegerSize, field.IntegerSize);
                walk.Take(offset, new PageNumber(page.Number.Page, i));
            }
        }
        catch (InvalidDataException damage)
        {
            return new DirectoryChain(page.File, big, walk.Pages, damage);
        }

        return new DirectoryChain(page.File, big, walk.Pages, walk.Break);
    }

    private static (bool Big, long First) ReadHeader(HeaderWindow window)
    {
        if (window.File.Length < 8)
            throw window.File.Damaged(0, $"a TIFF begins with a header of 8 bytes, and the file has {window.File.Length}");

        ReadOnlySpan<byte> mark = window.Bytes(0, 4);
        if (mark[0] == mark[1] && mark[0] is (byte)'I' or (byte)'M')
        {
            window.IsBigEndian = mark[0] == 'M';
            switch (window.UInt16(2))
            {
                case 42:
                    return (false, window.Unsigned(4, 4));
                case 43 when window.UInt16(4) == 8:
                    return (true, window.Unsigned(8, 8));
                case 43:
                    throw window.File.Damaged(4, $"this BigTIFF has offsets of {window.UInt16(4)} bytes; they are 8 bytes");
            }
        }

        if (FileSignature.NameOf(window.Bytes(0, 8)) is { } name)
            throw window.File.Damaged(0, $"this is {name}, not a TIFF; convert it to TIFF, or open it with what reads such files");
        throw window.File.Damaged(0, $"the file begins with the bytes {Convert.ToHexString(window.Bytes(0, 4))}; a TIFF begins with II or MM and 42 or 43");
    }

    /// <summary>The fields of one directory, as far as their tags are known.</summary>
    /// <returns>How many bytes the directory has, and where the next one lies.</returns>
    public static (long Bytes, long Next) ReadFields(HeaderWindow window, long offset, bool big, List<Field> fields)
    {
        (int countSize, int entrySize, int offsetSize) = big ? (8, 20, 8) : (2, 12, 4);
        long count = window.Unsigned(offset, countSize);
        if (count is 0 or > MostEntries)
            throw window.File.Damaged(offset, $"a directory should begin here, and it claims {count} entries; there are 1 to {MostEntries}");

        long entries = offset + countSize, end = entries + count * entrySize;
        bool isLast = end <= window.File.Length && end + offsetSize > window.File.Length; // some writers end the file where the next offset, 0, belongs
        window.Bytes(offset, (int)(end - offset) + (isLast ? 0 : offsetSize)); // all of it in one read; the small reads below come from the buffer
        for (long at = entries; at < end; at += entrySize)
        {
            var tag = (TiffTag)window.UInt16(at);
            if (!Enum.IsDefined(tag))
                continue;

            ushort type = window.UInt16(at + 2);
            long number = window.Unsigned(at + 4, offsetSize);
            long inline = at + 4 + offsetSize;
            bool fits = number <= offsetSize && Field.SizeOf(type) * number <= offsetSize;
            fields.Add(new Field(tag, type, number, fits ? inline : window.Unsigned(inline, offsetSize)));
        }

        return (end + offsetSize - offset, isLast ? 0 : window.Unsigned(end, offsetSize));
    }
}
