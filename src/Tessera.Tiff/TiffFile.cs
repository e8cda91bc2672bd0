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
    private readonly ReadOnlyFile _file;

    private TiffFile(ReadOnlyFile file, IReadOnlyList<TiffPage> pages) => (_file, Pages) = (file, pages);

    /// <summary>The path as it was given.</summary>
    public string Path => _file.Path;

    /// <summary>The pages in the order in which the file lists them.</summary>
    public IReadOnlyList<TiffPage> Pages { get; }

    /// <summary>Opens a file and reads its headers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file isn't a TIFF, is damaged, or uses something that isn't read; the message names the file, the offset and what was found.
    /// </exception>
    public static TiffFile Open(string path) => Open(path, int.MaxValue);

    /// <summary>Closes the file. Its pages can't be read after.</summary>
    public void Dispose() => _file.Dispose();

    internal static TiffFile Open(string path, int mostPages)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new ReadOnlyFile(path, OpenFiles.Shared);
        try
        {
            return new TiffFile(file, [.. DirectoryReader.Read(file, mostPages).Select(layout => new TiffPage(layout))]);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
