namespace Tessera.TiffFormat;

/// <summary>Finds the series of a file: by what the file says of them, else by what its pages look like.</summary>
internal static class SeriesListing
{
    /// <summary>The series, each with its smaller versions.</summary>
    /// <param name="files">The file, and those beside it in which an OME-TIFF may have planes.</param>
    /// <param name="allowIncomplete">Whether planes that aren't there are left out.</param>
    public static IReadOnlyList<SeriesPlan> Of(OmeFiles files, bool allowIncomplete)
    {
        DirectoryChain chain = files.Here;
        IReadOnlyList<SeriesPlan> series =
            Counted(() => ShapedSeries.Of(chain, allowIncomplete)) ??
            Counted(() => LsmSeries.Of(chain, allowIncomplete)) ??
            Counted(() => OmeSeries.Of(files)) ??
            Counted(() => ImageJSeries.Of(chain, allowIncomplete)) ??
            Counted(() => MetaMorphSeries.Of(chain, allowIncomplete)) ??
            PlainSeries.Of(chain, allowIncomplete);
        return Pyramids.Of(series);
    }

    /// <summary>Sizes whose product can't be counted are no description of this file.</summary>
    private static IReadOnlyList<SeriesPlan>? Counted(Func<IReadOnlyList<SeriesPlan>?> told)
    {
        try
        {
            return told();
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The series and level that options ask for.</summary>
    /// <exception cref="ArgumentException">There is no such series or level.</exception>
    public static SeriesPlan Choose(DirectoryChain chain, TiffReadOptions options)
    {
        IReadOnlyList<SeriesPlan> all = Of(new OmeFiles(chain), options.AllowIncomplete);
        int series = options.Series ?? 0;
        if (series < 0 || series >= all.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"Series {series} was asked for; '{chain.File.Path}' has {all.Count}, counted from 0: " +
                string.Join("; ", all.Take(10).Select((one, i) => $"{i} is {one.Shape} of {one.Page.ElementType.Name}, {one.Axes}")) + ".");
        }

        SeriesPlan chosen = all[series];
        if (options.Level < 0 || options.Level > chosen.Smaller.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), $"Level {options.Level} was asked for; series {series} of '{chain.File.Path}' has {chosen.Smaller.Count + 1}, counted from 0.");
        }

        return options.Level == 0 ? chosen : chosen.Smaller[options.Level - 1];
    }

    /// <summary>What a page's descriptions say, or nothing if they can't be read.</summary>
    public static T? Told<T>(PageDirectory page, Func<TagDirectory, T> look)
    {
        try
        {
            return page.Look(look);
        }
        catch (InvalidDataException)
        {
            return default;
        }
    }
}
