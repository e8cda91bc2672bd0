namespace Tessera;

/// <summary>How an HDF5 file is opened for reading.</summary>
public sealed record Hdf5OpenOptions
{
    /// <summary>
    /// Whether to read a file that another program is writing at the same time (single writer, multiple readers; SWMR): <see cref="Hdf5File.Refresh"/>
    /// sees what has come since. It also opens a file that says it is being written because a program ended without closing it.
    /// </summary>
    public bool WhileWritten { get; init; }

    /// <summary>
    /// Whether other files are read to which the file leads: by external links, virtual datasets and external raw data. They are, unless this is false, as far as
    /// they lie in the file's own folder or below it, or in <see cref="OtherFolders"/>.
    /// </summary>
    public bool AllowOtherFiles { get; init; } = true;

    /// <summary>
    /// Folders in which, and below which, the file may lead to other files, beside its own folder. Names that the file holds are looked for in its own folder
    /// first, then in these.
    /// </summary>
    public IReadOnlyList<string> OtherFolders { get; init; } = [];
}
