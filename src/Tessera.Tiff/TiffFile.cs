using Tessera.TiffFormat;

namespace Tessera;

/// <summary>
/// A TIFF or BigTIFF file, open for reading. Opening reads the headers of its pages (the main chain of directories) and no pixel.
/// </summary>
/// <example><code>
/// using TiffFile file = TiffFile.Open("cells.tif");
/// foreach (TiffPage page in file.Pages)
///     Console.WriteLine($"{page.Shape} {page.ElementType.Name} {page.Compression}");
/// Tensor&lt;ushort&gt; third = file.Pages[2].Read&lt;ushort&gt;();
/// </code></example>
public sealed class TiffFile : IDisposable
{
    private readonly DirectoryChain _chain;
    private readonly OmeFiles _files;
    private readonly Lazy<IReadOnlyList<TiffSeries>> _series;
    private readonly Lazy<IReadOnlyDictionary<string, string>?> _imageJ;
    private readonly Lazy<string?> _omeXml;

    private TiffFile(DirectoryChain chain, bool allowIncomplete)
    {
        (_chain, _files) = (chain, new OmeFiles(chain));
        Pages = [.. chain.Pages.Select(page => new TiffPage(page))];
        _imageJ = new(() => SeriesListing.Told(chain.Pages[0], PageDescription.ImageJ)?.With(chain.Pages[0].Look(ImageJInformation.Read)));
        _omeXml = new(() => SeriesListing.Told(chain.Pages[0], PageDescription.OmeXml));
        _series = new(() => [.. SeriesListing.Of(_files, allowIncomplete).Select(plan => new TiffSeries(plan))]);
    }

    /// <summary>The path as it was given; of a stream what messages call it.</summary>
    public string Path => _chain.File.Path;

    /// <summary>The pages in the order in which the file lists them, thumbnails and masks among them. What one lacks is told when it is read.</summary>
    public IReadOnlyList<TiffPage> Pages { get; }

    /// <summary>
    /// The arrays that the pages make up, found when they are first asked for: by what the file says of them, else pages that look alike are
    /// one series. Pages that can't be described are in none.
    /// </summary>
    public IReadOnlyList<TiffSeries> Series => _series.Value;

    /// <summary>
    /// What ImageJ says of the file, by its keys (<c>unit</c>, <c>spacing</c>, <c>frames</c>, …), with the image's information as <c>Info</c> and
    /// the labels of planes, a line each, as <c>Labels</c>. Null if ImageJ didn't write it, or what writes like ImageJ.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ImageJ => _imageJ.Value;

    /// <summary>The XML of an OME-TIFF; null if the file is none.</summary>
    public string? OmeXml => _omeXml.Value;

    /// <summary>Why there may be more pages than are listed; null for a whole file. Only files opened with <see cref="TiffReadOptions.AllowIncomplete"/> have it.</summary>
    public string? Incomplete => _chain.Break?.Message;

    /// <summary>Opens a file and reads its headers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Whether a broken file is opened as far as it goes. Series and pages are chosen of those that the file lists, not here.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file isn't a TIFF, or its chain of pages breaks; the message names the file, the offset and what was found.
    /// </exception>
    /// <exception cref="ArgumentException">The options choose a series, a level or pages.</exception>
    public static TiffFile Open(string path, TiffReadOptions? options = null)
    {
        RequireWhole(options);
        return Open(path, int.MaxValue, options?.AllowIncomplete ?? false);
    }

    /// <summary>
    /// Opens a file in a stream, from where it stands on, and reads its headers. Reads take turns, because a stream has one position; nobody else
    /// uses it meanwhile. One that can't seek is read to its end, into memory.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="leaveOpen">Whether it stays open when the file is closed.</param>
    /// <param name="options">Whether a broken file is opened as far as it goes.</param>
    /// <exception cref="ArgumentException">The stream can't be read, or stands at its end.</exception>
    /// <exception cref="InvalidDataException">
    /// The file isn't a TIFF, is damaged, or uses something that isn't read; the message names the offset and what was found.
    /// </exception>
    /// <exception cref="NotSupportedException">The stream can't seek, and has more bytes than fit into memory in one piece.</exception>
    public static TiffFile Open(Stream stream, bool leaveOpen = false, TiffReadOptions? options = null)
    {
        RequireWhole(options);
        return Open(stream, leaveOpen, int.MaxValue, options?.AllowIncomplete ?? false);
    }

    /// <summary>Closes the file, and those beside it in which an OME-TIFF has planes. Its pages can't be read after.</summary>
    public void Dispose() => _files.Dispose();

    internal static TiffFile Open(string path, int mostPages, bool allowIncomplete = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(new ReadOnlyFile(path, OpenFiles.Shared), mostPages, allowIncomplete);
    }

    internal static TiffFile Open(Stream stream, bool leaveOpen, int mostPages, bool allowIncomplete = false) =>
        Open(new ReadOnlyFile(stream, leaveOpen), mostPages, allowIncomplete);

    private static void RequireWhole(TiffReadOptions? options)
    {
        if (options is { Series: not null } or { Level: not 0 } or { Pages: not null })
            throw new ArgumentException("A series, a level or pages were chosen, and TiffFile lists them all: take them of Series and Pages.", nameof(options));
    }

    private static TiffFile Open(ReadOnlyFile file, int mostPages, bool allowIncomplete)
    {
        try
        {
            return new TiffFile(DirectoryReader.Read(file, mostPages).Require(allowIncomplete), allowIncomplete);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
