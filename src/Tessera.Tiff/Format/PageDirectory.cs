namespace Tessera.TiffFormat;

/// <summary>
/// One directory of a file: where it lies, and what it says. What it lacks is told when <see cref="Layout"/> is asked for, so that one page
/// doesn't decide over a file. Never changes once its chain was read; safe for any number of threads.
/// </summary>
internal sealed class PageDirectory
{
    private const long OldThumbnail = 2; // of the tag that NewSubfileType replaced

    private readonly bool _big;
    private readonly bool _bigEndian;
    private PageLayout? _layout;

    /// <summary>A directory whose fields were just read.</summary>
    /// <param name="tags">Its fields.</param>
    /// <param name="big">Whether the file is a BigTIFF.</param>
    /// <param name="describe">Whether to make the layout at once, which is cheap as long as the window has the directory.</param>
    /// <param name="first">The first page of the file, if this is another: texts of later pages are looked at only if that one has a shape of tifffile's.</param>
    public PageDirectory(TagDirectory tags, bool big, bool describe, PageDirectory? first)
    {
        (File, Number, Offset, _big, _bigEndian) = (tags.File, tags.Page, tags.Offset, big, tags.IsBigEndian);
        long subfile = Kind(tags, TiffTag.NewSubfileType);
        (IsThumbnail, IsMask) = ((subfile & 1) != 0 || Kind(tags, TiffTag.SubfileType) == OldThumbnail, (subfile & 4) != 0);
        HasSubPages = tags.Find(TiffTag.SubDirectories) is not null;
        IsLsm = tags.Find(TiffTag.LsmInfo) is not null;
        if (!describe)
            return;

        try
        {
            _layout = LayoutReader.Read(tags);
            if (first is null or { IsShaped: true })
                (Claim, IsShaped) = PlaneClaim.Read(tags, _layout);
        }
        catch (InvalidDataException)
        {
            IsFaulty = true; // told when the layout is asked for
        }
    }

    /// <summary>The file that it lies in.</summary>
    public ReadOnlyFile File { get; }

    /// <summary>Which image of the file it describes.</summary>
    public PageNumber Number { get; }

    /// <summary>Where it lies.</summary>
    public long Offset { get; }

    /// <summary>Where the directory behind it in the chain lies; null if there is none, or none that can be followed.</summary>
    public long? Next { get; set; }

    /// <summary>Whether the file says that this is a smaller version of another image.</summary>
    public bool IsThumbnail { get; }

    /// <summary>Whether the file says that this is a mask of another image.</summary>
    public bool IsMask { get; }

    /// <summary>Whether it points to sub-pages.</summary>
    public bool HasSubPages { get; }

    /// <summary>Whether it has the tag that Zeiss's LSM files are known by.</summary>
    public bool IsLsm { get; }

    /// <summary>Whether a try to make the layout failed.</summary>
    public bool IsFaulty { get; }

    /// <summary>Samples of a pixel, which took time to compare; 0 if there is no layout yet.</summary>
    public int DescribedSamples => _layout?.Samples ?? 0;

    /// <summary>Whether it has a shape of tifffile's.</summary>
    public bool IsShaped { get; }

    /// <summary>The planes that it says it stands for, if they are several.</summary>
    public PlaneClaim? Claim { get; }

    /// <summary>Bytes to add to its first offset, in classic files longer than 4 GiB whose offsets begin anew; null elsewhere.</summary>
    public long? Unwraps { get; private set; }

    /// <summary>Why its offsets can't be believed, if so.</summary>
    public string? OffsetFault { get; private set; }

    /// <summary>What it says of its page, checked.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or it says something that this reader doesn't know.</exception>
    public PageLayout Layout
    {
        get
        {
            if (OffsetFault is { } fault)
                throw File.Damaged(Offset, $"page {Number}: {fault}");
            PageLayout? layout = Volatile.Read(ref _layout);
            if (layout is null)
            {
                layout = Look(LayoutReader.Read).Unwrapped(Unwraps);
                Volatile.Write(ref _layout, layout);
            }

            return layout;
        }
    }

    /// <summary>Why there is no layout or why its pixels can't be read; null if nothing is known against them.</summary>
    public string? Fault
    {
        get
        {
            try
            {
                return Layout.Unreadable;
            }
            catch (InvalidDataException damage)
            {
                return damage.Message;
            }
        }
    }

    /// <summary>The layout, or null if there is none.</summary>
    public PageLayout? TryLayout()
    {
        try
        {
            return Layout;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Reads the directory again, for what isn't kept of it.</summary>
    /// <exception cref="InvalidDataException">What is looked for is damaged.</exception>
    public T Look<T>(Func<TagDirectory, T> look)
    {
        using var window = new HeaderWindow(File) { IsBigEndian = _bigEndian };
        var fields = new List<Field>();
        DirectoryReader.ReadFields(window, Offset, _big, fields);
        return look(new TagDirectory(window, Number, Offset, fields));
    }

    /// <summary>The directories of its sub-pages, as far as they aren't among those seen before.</summary>
    public DirectoryChain SubPages(HashSet<long> seen) => DirectoryReader.ReadSubPages(this, _big, _bigEndian, seen);

    /// <summary>Notes, while the chain is read, what to add to the offsets.</summary>
    public void Unwrap(long added)
    {
        Unwraps = added;
        _layout = _layout?.Unwrapped(added);
    }

    /// <summary>Notes, while the chain is read, that the offsets can't be believed.</summary>
    public void RefuseOffsets(string why) => OffsetFault = why;

    /// <summary>What kind of image a page is said to be; 0, an image like any other, if that can't be read.</summary>
    private static long Kind(TagDirectory tags, TiffTag tag)
    {
        try
        {
            return tags.Find(tag) is { Count: 1, IntegerSize: > 0 } ? tags.Number(tag) : 0;
        }
        catch (InvalidDataException)
        {
            return 0; // beyond the end of the file
        }
    }
}
