namespace Tessera.TiffFormat;

/// <summary>
/// Classic files longer than 4 GiB, whose offsets have 32 bits. Zeiss's LSM files go on past that length and let the offsets begin anew at
/// 0; their planes lie in a known order, so each step backwards means 4 GiB more. In any other such file a step backwards could mean that or
/// a writer's order, and the pages behind it are refused.
/// </summary>
/// <remarks><code>
/// offsets as stored:   1 GiB, 2 GiB, 3 GiB, 0, 1 GiB      unwrapped: 1, 2, 3, 4, 5 GiB
/// </code></remarks>
internal static class WrappedOffsets
{
    private const long Wrap = 1L << 32;

    private const string Backwards =
        "the offsets of the pixels go backwards in a classic TIFF longer than 4 GiB, whose offsets have 32 bits; whether they began anew at 0 " +
        "can be told of LSM files only. Have it written as a BigTIFF";

    private const string Unordered =
        "the offsets of this LSM file longer than 4 GiB, which have 32 bits, can't be unwrapped: its pages aren't those of all its times and positions, so the order in which they were stored isn't known";

    /// <summary>Whether all pages must be known for the offsets of any to be: an LSM file lists them in another order than it stores them.</summary>
    public static bool NeedWholeChain(ReadOnlyFile file, bool big, IReadOnlyList<PageDirectory> pages) =>
        !big && file.Length > Wrap && pages.Count > 0 && pages[0].IsLsm;

    /// <summary>Notes with each page of a chain what its offsets mean.</summary>
    public static void Mend(DirectoryChain chain)
    {
        if (chain.IsBig || chain.File.Length <= Wrap || chain.Pages.Count == 0)
            return;

        bool known = chain.Pages[0].IsLsm;
        IEnumerable<PageDirectory>? stored = known ? LsmOrder.Of(chain.Pages, isWhole: chain.Break is null) : chain.Pages;
        if (stored is null)
        {
            foreach (PageDirectory page in chain.Pages)
                page.RefuseOffsets(Unordered);
            return;
        }

        long added = 0, previous = 0, values = 0;
        bool refused = false;
        foreach (PageDirectory page in stored)
        {
            if (page.TryLayout() is not { } layout)
                continue; // told when it is asked for

            values += layout.Segments;
            refused |= values > chain.File.Length / sizeof(uint); // tables that overlap would take hours
            long first = -1;
            foreach (long offset in refused ? [] : SegmentTable.StoredOffsets(layout))
            {
                if (offset == 0)
                    continue; // never written
                if (offset < previous)
                    (added, refused) = (added + Wrap, refused || !known);
                refused |= offset + added >= chain.File.Length;
                first = first < 0 ? added : first;
                previous = offset;
            }

            if (refused)
                page.RefuseOffsets(known ? "its offsets can't be unwrapped: they lead past the end of this LSM file" : Backwards);
            else if (known && first >= 0)
                page.Unwrap(first);
        }
    }

    /// <summary>Makes the offsets of one page what they mean, given how much to add to the first of them.</summary>
    public static void Unwrap(Span<long> offsets, long added)
    {
        long previous = 0;
        foreach (ref long offset in offsets)
        {
            long stored = offset;
            if (stored == 0)
                continue;
            if (stored < previous)
                added += Wrap;
            offset = stored + added;
            previous = stored;
        }
    }
}
