using Tessera.TiffFormat;

namespace Tessera;

/// <summary>Writes arrays as TIFF files.</summary>
public static class TiffExtensions
{
    extension<T>(ChunkedArray<T> array)
        where T : unmanaged
    {
        /// <summary>
        /// Computes the array block by block into a TIFF file, several blocks at once: (height, width) is one page, (pages, height, width) several.
        /// With a last axis of 3 or 4 more, bytes and ushorts are RGB; <see cref="TiffOptions.Photometric"/> says what else they are, and
        /// <see cref="TiffOptions.Metadata"/> tells up to three axes of pages apart. The file is written beside and renamed at the end, so an
        /// existing file is replaced as a whole or not at all.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="options">How it is written; plain strips when left out.</param>
        /// <param name="compute">How the array is computed.</param>
        /// <exception cref="DirectoryNotFoundException">The folder doesn't exist.</exception>
        /// <exception cref="IOException">The path is a folder, or no file can be made there.</exception>
        /// <exception cref="UnauthorizedAccessException">The folder takes no files of this user.</exception>
        /// <exception cref="NotSupportedException">A TIFF file can't hold such an array, or not with these options.</exception>
        /// <exception cref="ComputationException">A task failed; says which operation, which block, and why.</exception>
        /// <exception cref="MemoryBudgetException">The plan needs more memory than the budget.</exception>
        /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
        public void SaveTiff(string path, TiffOptions? options = null, ComputeOptions? compute = null) =>
            array.Save(new TiffSink(path, array.ElementType, array.Shape, options), compute);

        /// <summary>
        /// Computes the array block by block into a TIFF file in a stream, from where it stands on; the stream stays open and stands behind the
        /// file after. One that can't seek gets the file in one piece out of a temporary one.
        /// </summary>
        /// <param name="stream">The stream, which nobody else uses meanwhile.</param>
        /// <param name="options">How it is written; plain strips when left out.</param>
        /// <param name="compute">How the array is computed.</param>
        /// <exception cref="ArgumentException">The stream can't be written.</exception>
        /// <exception cref="NotSupportedException">A TIFF file can't hold such an array, or not with these options.</exception>
        /// <exception cref="ComputationException">A task failed; says which operation, which block, and why.</exception>
        /// <exception cref="MemoryBudgetException">The plan needs more memory than the budget.</exception>
        /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
        public void SaveTiff(Stream stream, TiffOptions? options = null, ComputeOptions? compute = null) =>
            array.Save(new TiffSink(stream, array.ElementType, array.Shape, options), compute);

        /// <summary>Saves the array on other threads; as the synchronous method.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">How it is written; plain strips when left out.</param>
        /// <param name="compute">How the array is computed.</param>
        public Task SaveTiffAsync(string path, TiffOptions? options = null, ComputeOptions? compute = null) =>
            Task.Run(() => array.SaveAsync(new TiffSink(path, array.ElementType, array.Shape, options), compute), compute?.Cancellation ?? default);

        /// <summary>Saves the array into a stream on other threads; as the synchronous method.</summary>
        /// <param name="stream">The stream, which nobody else uses meanwhile.</param>
        /// <param name="options">How it is written; plain strips when left out.</param>
        /// <param name="compute">How the array is computed.</param>
        public Task SaveTiffAsync(Stream stream, TiffOptions? options = null, ComputeOptions? compute = null) =>
            Task.Run(() => array.SaveAsync(new TiffSink(stream, array.ElementType, array.Shape, options), compute), compute?.Cancellation ?? default);
    }
}
