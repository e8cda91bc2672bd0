namespace Tessera.TiffFormat;

/// <summary>
/// Takes directories one after the other and stops at the first that is none. Together they may not claim more bytes than the file has, so
/// that overlapping ones can't make a small file list millions of pages.
/// </summary>
/// <param name="window">The file.</param>
/// <param name="big">Whether it is a BigTIFF.</param>
/// <param name="seen">Where directories were met before; one that is met again ends the walk.</param>
internal sealed class DirectoryWalk(HeaderWindow window, bool big, HashSet<long> seen)
{
    private const int MostFaults = 100; // an exception costs thousands of times what a good page does; later pages are described when they are asked for

    private readonly List<Field> _fields = [];
    private int _faults;
    private long _total;

    /// <summary>The directories taken so far.</summary>
    public List<PageDirectory> Pages { get; } = [];

    /// <summary>Why the last one couldn't be taken.</summary>
    public InvalidDataException? Break { get; private set; }

    /// <summary>Takes the directory at an offset; gives the offset of the next one in its chain, or 0.</summary>
    public long Take(long offset, PageNumber number)
    {
        try
        {
            if (!seen.Add(offset))
                throw window.File.Damaged(offset, $"the chain of directories comes back to this one after {Pages.Count} pages; it would never end");

            _fields.Clear();
            (long bytes, long next) = DirectoryReader.ReadFields(window, offset, big, _fields);
            if (!_fields.Exists(field => field.Tag is TiffTag.ImageWidth or TiffTag.ImageLength))
                throw window.File.Damaged(offset, "a directory should begin here, and none of its entries is the width or the height of an image");

            PageDirectory? first = number is { Page: 0, Sub: < 0 } ? null : Pages.FirstOrDefault();
            var page = new PageDirectory(new TagDirectory(window, number, offset, _fields), big, describe: _faults < MostFaults, first);
            _faults += page.IsFaulty ? 1 : 0;
            _total += bytes + page.DescribedSamples;
            if (_total > window.File.Length)
                throw window.File.Damaged(offset, $"the directories of {Pages.Count + 1} pages are larger than the file; they overlap");
            if (number.Sub < 0 && Pages.Count > 0)
                Pages[^1].Next = offset;
            Pages.Add(page);
            return next;
        }
        catch (InvalidDataException damage)
        {
            Break = damage;
            return 0;
        }
    }
}
