namespace Tessera.TiffFormat;

/// <summary>What is said of frames that can't be one stack, and which of them could.</summary>
internal static class UnlikeFrames
{
    /// <summary>Names the first frame, one that differs, and how to choose.</summary>
    public static InvalidDataException Refusal(PageLayout first, PageLayout other) => new(
        $"Frames of a stack have one shape and type. Page {other.Page} of '{other.File.Path}' has {other.Shape} of {other.ElementType.Name}, " +
        $"and the first frame, page {first.Page} of '{first.File.Path}', has {first.Shape} of {first.ElementType.Name}. " +
        (other.File == first.File ? Choice(first.File) : "Leave that file out, or open the two kinds as two stacks."));

    /// <summary>The longest series of the file is most likely what was wanted; a label or an overview before it is one page.</summary>
    private static string Choice(ReadOnlyFile file)
    {
        const string otherwise = "Open them one by one: TiffReadOptions { Pages = ..1 } takes the first.";
        try
        {
            IReadOnlyList<SeriesPlan> all = SeriesListing.Of(new OmeFiles(DirectoryReader.Read(file)), allowIncomplete: true);
            if (all.Count < 2)
                return otherwise;
            (int number, SeriesPlan longest) = all.Index().MaxBy(one => one.Item.Shape.Length / one.Item.Page.Shape.Length);
            return $"Open them as {all.Count} stacks, which TiffFile.Series lists: TiffReadOptions {{ Series = {number} }} takes the longest, {longest.Shape} of {longest.Page.ElementType.Name}.";
        }
        catch (InvalidDataException)
        {
            return otherwise; // what else is wrong with the file is told when it is opened that way
        }
    }
}
