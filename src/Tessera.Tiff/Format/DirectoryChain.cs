namespace Tessera.TiffFormat;

/// <summary>The directories that a file lists, in order, and what is wrong behind the last of them.</summary>
/// <param name="File">The file.</param>
/// <param name="IsBig">Whether it is a BigTIFF.</param>
/// <param name="Pages">The directories, each good enough to be followed.</param>
/// <param name="Break">Why no more are reached though the chain goes on; null for a whole chain.</param>
internal sealed record DirectoryChain(ReadOnlyFile File, bool IsBig, IReadOnlyList<PageDirectory> Pages, InvalidDataException? Break)
{
    /// <summary>Refuses a chain that breaks, unless what is there of it is wanted.</summary>
    public DirectoryChain Require(bool allowIncomplete)
    {
        if (Break is null || (allowIncomplete && Pages.Count > 0))
            return this;
        if (Pages.Count == 0)
            throw Break;
        throw new InvalidDataException($"{Break.Message} {Told()} before the break can be read: TiffReadOptions {{ AllowIncomplete = true }} takes what is there.", Break);
    }

    /// <summary>How many pages there are, and how many planes, if one of them stands for several.</summary>
    private string Told()
    {
        string pages = Pages.Count == 1 ? "1 page" : $"{Pages.Count} pages";
        if (!Pages.Any(page => page.Claim is not null))
            return pages;

        try
        {
            return $"{pages} of {FileFrames.Planes(Pages, allowIncomplete: true).Sum(set => set.Count)} planes";
        }
        catch (InvalidDataException)
        {
            return pages; // one of them can't be described
        }
    }
}
