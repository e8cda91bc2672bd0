namespace Tessera;

/// <summary>What is taken of a TIFF file. The defaults take all pages but thumbnails and masks, and refuse a file that is not whole.</summary>
/// <example><code>
/// ChunkedArray&lt;byte&gt; small = ImageStack.Open&lt;byte&gt;("slide.tif", options: new TiffReadOptions { Series = 0, Level = 2 });
/// ChunkedArray&lt;ushort&gt; stopped = ImageStack.Open&lt;ushort&gt;("stopped.tif", options: new TiffReadOptions { AllowIncomplete = true });
/// </code></example>
public sealed record TiffReadOptions
{
    internal static readonly TiffReadOptions Default = new();

    /// <summary>
    /// Takes what is there of a file that isn't whole: the pages before the place where the chain of pages breaks, and those planes behind
    /// a page whose bytes are there. Left out, such a file is refused.
    /// </summary>
    public bool AllowIncomplete { get; init; }

    /// <summary>Which of <see cref="TiffFile.Series"/> <see cref="ImageStack"/> takes of each file, from 0. Its planes become frames, in order.</summary>
    public int? Series { get; init; }

    /// <summary>Which of the series' <see cref="TiffSeries.Levels"/> <see cref="ImageStack"/> takes: 0 is the full size.</summary>
    public int Level { get; init; }

    /// <summary>Which of <see cref="TiffFile.Pages"/> <see cref="ImageStack"/> takes of each file, whatever they are: <c>..8</c> are the first 8.</summary>
    public Range? Pages { get; init; }
}
