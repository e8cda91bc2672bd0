using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tessera.TiffFormat;

namespace Tessera;

/// <summary>Reading and writing single TIFF images as tensors. For many frames at once see <see cref="ImageStack"/>.</summary>
public static class Tiff
{
    /// <summary>Reads one page of a TIFF file.</summary>
    /// <typeparam name="T">The type of a sample. It must be the one that the file holds; <see cref="bool"/> for one bit a pixel.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="page">Which page, from 0.</param>
    /// <returns>The samples, (height, width) or (height, width, samples).</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The file has no such page.</exception>
    /// <exception cref="InvalidOperationException">The file holds another type; says which.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or uses something that isn't read.</exception>
    public static Tensor<T> Read<T>(string path, int page = 0)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page);
        using TiffFile file = TiffFile.Open(path, MostPages(page));
        return Read<T>(file, page);
    }

    /// <summary>
    /// Reads one page of a TIFF file in a stream, which begins where the stream stands. The stream stays open and may stand anywhere after.
    /// One that can't seek is read to its end, into memory.
    /// </summary>
    /// <typeparam name="T">The type of a sample. It must be the one that the file holds; <see cref="bool"/> for one bit a pixel.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <param name="page">Which page, from 0.</param>
    /// <returns>The samples, (height, width) or (height, width, samples).</returns>
    /// <exception cref="ArgumentException">The stream can't be read, or stands at its end.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The file has no such page.</exception>
    /// <exception cref="InvalidOperationException">The file holds another type; says which.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or uses something that isn't read.</exception>
    /// <exception cref="NotSupportedException">The stream can't seek, and has more bytes than fit into memory in one piece.</exception>
    public static Tensor<T> Read<T>(Stream stream, int page = 0)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page);
        using TiffFile file = TiffFile.Open(stream, leaveOpen: true, MostPages(page));
        return Read<T>(file, page);
    }

    /// <summary>
    /// Writes a tensor to a TIFF file: (height, width), (pages, height, width), or either with a last axis of 3 or 4 samples of RGB. Bytes and
    /// ushorts with such a last axis are RGB unless <see cref="TiffOptions.Photometric"/> says otherwise. Up to three axes of pages are told apart
    /// with <see cref="TiffOptions.Metadata"/>.
    /// </summary>
    /// <typeparam name="T">The type of a sample; <see cref="bool"/> is written with one bit a pixel.</typeparam>
    /// <param name="path">The file. It is written beside and renamed, so an existing file is replaced at once or not at all.</param>
    /// <param name="image">The samples.</param>
    /// <param name="options">How; left out, plain uncompressed strips.</param>
    /// <exception cref="NotSupportedException">A TIFF can't hold such a tensor, or not with these options.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder doesn't exist.</exception>
    /// <exception cref="IOException">The path is a folder, or no file can be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder takes no files of this user.</exception>
    public static void Write<T>(string path, Tensor<T> image, TiffOptions? options = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(image);
        Write(path, image.AsReadOnlyTensorSpan(), options);
    }

    /// <inheritdoc cref="Write{T}(string, Tensor{T}, TiffOptions?)"/>
    public static void Write<T>(string path, in ReadOnlyTensorSpan<T> image, TiffOptions? options = null)
        where T : unmanaged
    {
        Shape shape = TensorElements.ShapeOf(image);
        Write(new TiffSink(path, ElementTypes.Of<T>(), shape, options), shape, image);
    }

    /// <summary>
    /// Writes a tensor as a TIFF file into a stream, from where it stands on; the stream stays open and stands behind the file after. One that
    /// can't seek gets the file in one piece out of a temporary one.
    /// </summary>
    /// <remarks>
    /// When writing fails, a stream that can seek is cut back to the length that it had; bytes that it had where it stood may have been
    /// written over. One that can't seek has got nothing, unless it failed itself.
    /// </remarks>
    /// <typeparam name="T">The type of a sample; <see cref="bool"/> is written with one bit a pixel.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <param name="image">The samples, as for a file.</param>
    /// <param name="options">How; left out, plain uncompressed strips.</param>
    /// <exception cref="ArgumentException">The stream can't be written.</exception>
    /// <exception cref="NotSupportedException">A TIFF can't hold such a tensor, or not with these options.</exception>
    public static void Write<T>(Stream stream, Tensor<T> image, TiffOptions? options = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(image);
        Write(stream, image.AsReadOnlyTensorSpan(), options);
    }

    /// <inheritdoc cref="Write{T}(Stream, Tensor{T}, TiffOptions?)"/>
    public static void Write<T>(Stream stream, in ReadOnlyTensorSpan<T> image, TiffOptions? options = null)
        where T : unmanaged
    {
        Shape shape = TensorElements.ShapeOf(image);
        Write(new TiffSink(stream, ElementTypes.Of<T>(), shape, options), shape, image);
    }

    private static int MostPages(int page) => page < int.MaxValue ? page + 1 : page;

    private static Tensor<T> Read<T>(TiffFile file, int page)
        where T : unmanaged => page < file.Pages.Count
        ? file.Pages[page].Read<T>()
        : throw new ArgumentOutOfRangeException(nameof(page), $"Page {page} was asked for; '{file.Path}' has {file.Pages.Count}, counted from 0.");

    private static void Write<T>(TiffSink sink, Shape shape, in ReadOnlyTensorSpan<T> image)
        where T : unmanaged
    {
        ReadOnlySpan<T> elements = TensorElements.InOrder(image);
        sink.Begin(ElementTypes.Of<T>(), shape);
        try
        {
            foreach (Region band in Bands(sink.Layout))
            {
                int start = (int)Offset(shape, band.Start);
                sink.Write(band, MemoryMarshal.AsBytes(elements.Slice(start, (int)band.Length)), CancellationToken.None);
            }

            sink.Complete();
        }
        finally
        {
            sink.Abandon(); // removes what is left of a failure; after completion there is nothing
        }
    }

    /// <summary>Boxes of one strip or one row of tiles each: they lie dense in the tensor and are whole storage chunks.</summary>
    private static IEnumerable<Region> Bands(SinkLayout layout)
    {
        Shape shape = layout.Shape;
        int rowAxis = layout.OuterAxes;
        for (long page = 0; page < layout.Pages; page++)
        {
            for (long row = 0; row < layout.Height; row += layout.SegmentRows)
            {
                long[] start = new long[shape.Rank], size = shape.ToArray();
                long rest = page;
                for (int axis = rowAxis - 1; axis >= 0; axis--)
                {
                    (rest, start[axis]) = Math.DivRem(rest, shape[axis]);
                    size[axis] = 1;
                }

                (start[rowAxis], size[rowAxis]) = (row, Math.Min(layout.SegmentRows, layout.Height - row));
                yield return new Region(start, Shape.Create(size));
            }
        }
    }

    private static long Offset(Shape shape, ReadOnlySpan<long> start)
    {
        long offset = 0;
        long[] strides = shape.DenseStrides();
        for (int axis = 0; axis < start.Length; axis++)
            offset += start[axis] * strides[axis];
        return offset;
    }
}
