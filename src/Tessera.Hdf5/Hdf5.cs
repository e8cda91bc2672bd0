using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>Writes several arrays into one HDF5 file.</summary>
public static partial class Hdf5
{
    /// <summary>
    /// Computes several arrays into one file in one run: what they share is read once, where memory allows. A file that is there gets the datasets
    /// added; else it is made. It gets all of them or stays as it was; where the options of one ask for <see cref="Hdf5SaveOptions.InPlace"/>, the file
    /// itself is changed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="outputs">The arrays, each with the dataset that it becomes.</param>
    /// <param name="compute">How they are computed.</param>
    /// <exception cref="ArgumentException">There are no outputs, or paths, options or attributes don't fit; says which.</exception>
    /// <inheritdoc cref="Hdf5Extensions.SaveHdf5{T}(ChunkedArray{T}, string, string, Hdf5SaveOptions, ComputeOptions)" path="/exception"/>
    public static void Save(string path, IEnumerable<Hdf5Output> outputs, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Hdf5Output[] all = [.. outputs];
        if (all.Length == 0)
            throw new ArgumentException("No outputs were given; give one for each dataset that is to be written.", nameof(outputs));
        Hdf5Saving.Save(path, all, compute);
    }

    /// <summary>Saves several arrays on other threads; as the synchronous method.</summary>
    /// <param name="path">The file.</param>
    /// <param name="outputs">The arrays, each with the dataset that it becomes.</param>
    /// <param name="compute">How they are computed.</param>
    public static Task SaveAsync(string path, IEnumerable<Hdf5Output> outputs, ComputeOptions? compute = null) =>
        SaveTurn.Start(() => Save(path, outputs, compute), compute?.Cancellation ?? default);
}
