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

    /// <summary>The path as it was given; of a stream what messages call it.</summary>
    public string Path => _file.Path;

    /// <summary>The pages in the order in which the file lists them.</summary>
    public IReadOnlyList<TiffPage> Pages { get; }

    /// <summary>Opens a file and reads its headers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file isn't a TIFF, is damaged, or uses something that isn't read; the message names the file, the offset and what was found.
    /// </exception>
    public static TiffFile Open(string path) => Open(path, int.MaxValue);

    /// <summary>
    /// Opens a file in a stream, from where it stands on, and reads its headers. Reads take turns, for a stream has one position; nobody else
    /// uses it meanwhile. One that can't seek is read to its end, into memory.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="leaveOpen">Whether it stays open when the file is closed.</param>
    /// <exception cref="ArgumentException">The stream can't be read, or stands at its end.</exception>
    /// <exception cref="InvalidDataException">
    /// The file isn't a TIFF, is damaged, or uses something that isn't read; the message names the offset and what was found.
    /// </exception>
    /// <exception cref="NotSupportedException">The stream can't seek, and has more bytes than fit into memory in one piece.</exception>
    public static TiffFile Open(Stream stream, bool leaveOpen = false) => Open(stream, leaveOpen, int.MaxValue);

    /// <summary>Closes the file. Its pages can't be read after.</summary>
    public void Dispose() => _file.Dispose();

    internal static TiffFile Open(string path, int mostPages)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(new ReadOnlyFile(path, OpenFiles.Shared), mostPages);
    }

    internal static TiffFile Open(Stream stream, bool leaveOpen, int mostPages) => Open(new ReadOnlyFile(stream, leaveOpen), mostPages);

    private static TiffFile Open(ReadOnlyFile file, int mostPages)
    {
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
