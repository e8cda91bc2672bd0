using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>Writes arrays into HDF5 files.</summary>
public static class Hdf5Extensions
{
    extension<T>(ChunkedArray<T> array)
        where T : unmanaged
    {
        /// <summary>
        /// Computes the array block by block into a dataset, several blocks at once, which are compressed in parallel. A file that is there gets the
        /// dataset added; else it is made. All or nothing: the file is changed as a copy beside, which takes its name at the end, so that an
        /// error, a cancellation or a killed process leave it as it was (see <see cref="Hdf5SaveOptions.InPlace"/> for files too large to copy).
        /// A process that is killed may leave such a copy, <c>.name.GUID.part</c>, which may be deleted.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="dataset">The path of the dataset in it, <c>/cells/raw</c>; groups above it are made.</param>
        /// <param name="options">How it is stored; chunks without filters when left out.</param>
        /// <param name="compute">How the array is computed.</param>
        /// <exception cref="ArgumentException">Path, options or attributes don't fit; says which.</exception>
        /// <exception cref="DllNotFoundException">The HDF5 library, with which files are written, isn't installed; says how to install it.</exception>
        /// <exception cref="PlatformNotSupportedException">The HDF5 library is too old.</exception>
        /// <exception cref="DirectoryNotFoundException">The folder doesn't exist.</exception>
        /// <exception cref="InvalidDataException">The file that is there is damaged, or isn't an HDF5 file.</exception>
        /// <exception cref="IOException">
        /// A dataset or group is there already, or no file can be made, or another program has it open or changed it meanwhile.
        /// </exception>
        /// <exception cref="UnauthorizedAccessException">The folder takes no files of this user.</exception>
        /// <exception cref="NotSupportedException">A dataset can't hold such an array.</exception>
        /// <exception cref="ComputationException">A task failed; says which operation, which block, and why.</exception>
        /// <exception cref="MemoryBudgetException">The plan needs more memory than the budget.</exception>
        /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
        public void SaveHdf5(string path, string dataset, Hdf5SaveOptions? options = null, ComputeOptions? compute = null) =>
            Hdf5Saving.Save(path, [Hdf5Output.Of(dataset, array, options)], compute);

        /// <summary>Saves the array on other threads; as the synchronous method.</summary>
        /// <param name="path">The file.</param>
        /// <param name="dataset">The path of the dataset in it, <c>/cells/raw</c>; groups above it are made.</param>
        /// <param name="options">How it is stored; chunks without filters when left out.</param>
        /// <param name="compute">How the array is computed.</param>
        public Task SaveHdf5Async(string path, string dataset, Hdf5SaveOptions? options = null, ComputeOptions? compute = null) =>
            SaveTurn.Start(() => array.SaveHdf5(path, dataset, options, compute), compute?.Cancellation ?? default);

        /// <summary>
        /// Makes a dataset that is there longer along an axis by this array, whose type and other sizes must be the dataset's. The dataset must have
        /// been made to grow (see <see cref="Hdf5SaveOptions.MaxShape"/>). All or nothing, as with saving: the file is changed as a copy.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="dataset">The path of the dataset in it.</param>
        /// <param name="axis">The axis that grows.</param>
        /// <param name="compute">How the array is computed.</param>
        /// <param name="inPlace">Whether the file itself is changed, instead of a copy; see <see cref="Hdf5SaveOptions.InPlace"/>.</param>
        /// <exception cref="ArgumentException">Axis, sizes or type don't fit the dataset; says which.</exception>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">There is no such dataset, or it can't grow so far.</exception>
        /// <exception cref="NotSupportedException">The dataset has filters that are only read, or the array is too large to lie across its chunks.</exception>
        /// <inheritdoc cref="Hdf5Extensions.SaveHdf5{T}(ChunkedArray{T}, string, string, Hdf5SaveOptions, ComputeOptions)" path="/exception"/>
        public void AppendHdf5(string path, string dataset, int axis = 0, ComputeOptions? compute = null, bool inPlace = false) =>
            Hdf5Saving.Append(path, dataset, array, axis, compute, inPlace);

        /// <summary>Appends the array on other threads; as the synchronous method.</summary>
        /// <param name="path">The file.</param>
        /// <param name="dataset">The path of the dataset in it.</param>
        /// <param name="axis">The axis that grows.</param>
        /// <param name="compute">How the array is computed.</param>
        /// <param name="inPlace">Whether the file itself is changed, instead of a copy; see <see cref="Hdf5SaveOptions.InPlace"/>.</param>
        public Task AppendHdf5Async(string path, string dataset, int axis = 0, ComputeOptions? compute = null, bool inPlace = false) =>
            SaveTurn.Start(() => array.AppendHdf5(path, dataset, axis, compute, inPlace), compute?.Cancellation ?? default);
    }
}
