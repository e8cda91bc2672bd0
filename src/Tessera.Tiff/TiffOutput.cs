using Tessera.TiffFormat;

namespace Tessera;

/// <summary>Arrays and the TIFF files that they go to, for <see cref="ChunkedArray.SaveAll"/>: several files written in one run.</summary>
/// <example><code>
/// ChunkedArray.SaveAll([TiffOutput.Of("mean.tif", movie.Mean(axis: 0)), TiffOutput.Of("max.tif", movie.Max(axis: 0))]);
/// </code></example>
public static class TiffOutput
{
    /// <summary>An array and the file that it goes to, which is written beside and renamed when the run has succeeded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="array">What is computed.</param>
    /// <param name="options">How the file is written; plain strips when left out.</param>
    /// <exception cref="NotSupportedException">A TIFF file can't hold such an array, or not with these options.</exception>
    public static ArrayOutput Of<T>(string path, ChunkedArray<T> array, TiffOptions? options = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        return ArrayOutput.Of(array, new TiffSink(path, array.ElementType, array.Shape, options));
    }

    /// <summary>An array and the stream that it goes to, from where the stream stands when the run begins; it stays open.</summary>
    /// <param name="stream">The stream; one for each array.</param>
    /// <param name="array">What is computed.</param>
    /// <param name="options">How the file is written; plain strips when left out.</param>
    /// <exception cref="ArgumentException">The stream can't be written.</exception>
    /// <exception cref="NotSupportedException">A TIFF file can't hold such an array, or not with these options.</exception>
    public static ArrayOutput Of<T>(Stream stream, ChunkedArray<T> array, TiffOptions? options = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        return ArrayOutput.Of(array, new TiffSink(stream, array.ElementType, array.Shape, options));
    }
}
