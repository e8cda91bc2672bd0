using Tessera.TiffFormat;

namespace Tessera;

/// <summary>
/// Many images of one shape and type as one lazy array of (frames, height, width), or (frames, height, width, samples). Opening reads the
/// headers of the files and no pixel. Files stay open between reads, a bounded number of them, until nothing refers to the array or
/// <see cref="ReleaseFiles"/> is called.
/// </summary>
public static class ImageStack
{
    /// <summary>Opens the images whose paths match a pattern, in the order of their names (a number in a name counts as a number).</summary>
    /// <param name="pattern">
    /// A path with <c>*</c>, <c>?</c> and, for folders of any depth, <c>**</c>: <c>images/image*.tif</c>. Names that begin with a dot are left out
    /// unless the pattern's name begins with one, as in shells.
    /// </param>
    /// <param name="chunks">How the array is cut; one frame a chunk when left out.</param>
    /// <param name="options">What is taken of each file; left out, all pages but thumbnails and masks.</param>
    /// <exception cref="FileNotFoundException">Nothing matches.</exception>
    /// <exception cref="InvalidOperationException">The frames aren't <typeparamref name="T"/>; says what they are.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or a frame's shape or type differs from the first one's (names it and both).</exception>
    /// <exception cref="ArgumentException">The chunks don't fit.</exception>
    public static ChunkedArray<T> Open<T>(string pattern, Chunks chunks = default, TiffReadOptions? options = null)
        where T : unmanaged => Open<T>(Source<T>(pattern, options), chunks);

    /// <summary>Opens images in the order of the paths given; a file of several pages is as many frames.</summary>
    /// <inheritdoc cref="Open{T}(string, Chunks, TiffReadOptions?)"/>
    /// <param name="paths">The files, one at least.</param>
    /// <param name="chunks">How the array is cut; one frame a chunk when left out.</param>
    /// <param name="options">What is taken of each file; left out, all pages but thumbnails and masks.</param>
    public static ChunkedArray<T> Open<T>(IEnumerable<string> paths, Chunks chunks = default, TiffReadOptions? options = null)
        where T : unmanaged => Open<T>(Source<T>(paths, options), chunks);

    /// <summary>The files that match a pattern, in the order in which <see cref="Open{T}(string, Chunks, TiffReadOptions?)"/> takes them.</summary>
    /// <exception cref="FileNotFoundException">Nothing matches.</exception>
    public static IReadOnlyList<string> Find(string pattern) => FramePattern.Find(pattern);

    /// <summary>
    /// Closes the files that stacks keep open between reads, up to some hundreds. Arrays stay usable: a file is opened again by the next read of it,
    /// which throws an <see cref="IOException"/> if it was changed or replaced meanwhile. Saving over a file closes them too.
    /// </summary>
    /// <remarks>For folders that are to be moved or removed while arrays are still referred to, on Windows or network drives for instance.</remarks>
    public static void ReleaseFiles() => OpenFiles.Shared.CloseAll();

    internal static IBlockSource Source<T>(string pattern, TiffReadOptions? options = null) =>
        StackOpening.Open(pattern, FramePattern.Find(pattern), ElementTypes.Of<T>(), options ?? TiffReadOptions.Default);

    internal static IBlockSource Source<T>(IEnumerable<string> paths, TiffReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] files = [.. paths];
        if (files.Length == 0)
            throw new ArgumentException("An image stack was to be opened from no paths; give at least one.", nameof(paths));
        string name = files.Length == 1 ? files[0] : $"{files[0]} and {files.Length - 1} more";
        return StackOpening.Open(name, files, ElementTypes.Of<T>(), options ?? TiffReadOptions.Default);
    }

    private static ChunkedArray<T> Open<T>(IBlockSource frames, Chunks chunks)
        where T : unmanaged
    {
        bool oneFrameEach = !chunks.Any();
        return ChunkedArray.FromSource<T>(frames, oneFrameEach ? Chunks.Create([1, .. Enumerable.Repeat(AxisChunks.Whole, frames.Shape.Rank - 1)]) : chunks);
    }
}
