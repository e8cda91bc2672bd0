namespace Tessera;

/// <summary>How an HDF5 file is opened for reading.</summary>
public sealed record Hdf5OpenOptions
{
    /// <summary>
    /// Whether to read a file that another program is writing at the same time (single writer, multiple readers; SWMR): <see cref="Hdf5File.Refresh"/>
    /// sees what has come since. It also opens a file that says it is being written because a program ended without closing it.
    /// </summary>
    public bool WhileWritten { get; init; }
}
