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
        throw new InvalidDataException(
            $"{Break.Message} {Pages.Count} page(s) before the break can be read: TiffReadOptions {{ AllowIncomplete = true }} takes them.", Break);
    }
}
