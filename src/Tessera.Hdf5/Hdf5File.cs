using System.Diagnostics.CodeAnalysis;
using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>
/// An HDF5 file: a tree of groups and datasets. Opening it reads its first bytes; groups and descriptions of datasets are read when they are
/// asked for, elements when an array over them is computed, in parallel. Reading needs no native library.
/// </summary>
/// <remarks>
/// Arrays of a file read from it until it is disposed of; compute them before. A file that is open for reading, its objects and arrays, may be used by
/// any number of threads. One that is changed is changed by one at a time: while a <see cref="Save{T}"/> runs, whatever else is asked of the file, also by
/// functions and progress that the saving calls, is an <see cref="InvalidOperationException"/>; arrays that were had before can be computed.
/// </remarks>
/// <example><code>
/// using Hdf5File file = Hdf5File.Open("experiments.h5");
/// foreach (Hdf5Dataset dataset in ((Hdf5Group)file["/Control"]).Datasets)
///     Console.WriteLine(dataset);
/// double mean = file.Array&lt;float&gt;("/Control/Experiment 1").Mean().Compute();
/// </code></example>
public sealed partial class Hdf5File : IDisposable
{
    private readonly Hdf5OpenOptions _options;
    private readonly List<WeakReference<IDisposable>> _opened = []; // a file and those to which it leads, one for each refreshing, while arrays that were had before read on
    private readonly Lock _gate = new();
    private FileStructure? _structure;
    private bool _isDisposed;

    private Hdf5File(string path, Hdf5OpenOptions options) => (Path, _options) = (path, options);

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The group that holds all others.</summary>
    public Hdf5Group Root
    {
        get
        {
            FileStructure structure = Structure;
            return new Hdf5Group(this, Damage.In("/", () => PathEnd.RootOf(structure)), "/");
        }
    }

    /// <summary>The attributes of the root group.</summary>
    public Hdf5Attributes Attributes => Root.Attributes;

    /// <summary>The group or dataset at a path, as <c>file["/Control/Experiment 1"]</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none; says what there is, or where a link leads.</exception>
    /// <exception cref="InvalidDataException">The way to it is damaged.</exception>
    public Hdf5Object this[string path] => Root[path];

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file. It may be open in other programs, for reading.</param>
    /// <param name="options">Left out, the file is one that nobody is writing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It isn't an HDF5 file, or is damaged.</exception>
    /// <exception cref="IOException">Another program is writing it, or didn't close it.</exception>
    public static Hdf5File Open(string path, Hdf5OpenOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new Hdf5File(path, options ?? new Hdf5OpenOptions());
        GC.SuppressFinalize(file); // there is nothing to commit
        _ = file.Structure;
        return file;
    }

    /// <summary>Whether there is a group or a dataset at a path.</summary>
    public bool Contains(string path) => Root.Contains(path);

    /// <summary>The group or dataset at a path, if there is one.</summary>
    public bool TryGet(string path, [NotNullWhen(true)] out Hdf5Object? found) => Root.TryGet(path, out found);

    /// <summary>The group at a path.</summary>
    /// <exception cref="KeyNotFoundException">There is no group.</exception>
    public Hdf5Group Group(string path) => this[path] as Hdf5Group ?? throw new KeyNotFoundException($"'{path}' in '{Path}' is a dataset, and a group was asked for.");

    /// <summary>The dataset at a path.</summary>
    /// <exception cref="KeyNotFoundException">There is no dataset.</exception>
    public Hdf5Dataset Dataset(string path) => this[path] as Hdf5Dataset ?? throw new KeyNotFoundException($"'{path}' in '{Path}' is a group, and a dataset was asked for.");

    /// <summary>The dataset at a path as a lazy array, or one member of its compounds; see <see cref="Hdf5Dataset.Array{T}"/>.</summary>
    /// <typeparam name="T">The element type; it must be the dataset's own, or <see cref="float"/> for <see cref="Half"/>, unless <paramref name="convert"/> is true.</typeparam>
    /// <param name="path">The dataset.</param>
    /// <param name="chunks">How the array is cut; left out, along whole storage chunks, near 64 MB.</param>
    /// <param name="convert">Whether elements of another type are converted, as <c>Cast</c> does.</param>
    /// <param name="member">The member of a compound that is read; <c>"a.b"</c> is the member b of the member a.</param>
    /// <exception cref="KeyNotFoundException">There is no dataset, or no such member; says what there is.</exception>
    /// <exception cref="InvalidOperationException">The elements are of another type; says which, and what to write.</exception>
    /// <exception cref="InvalidDataException">The description of the dataset is damaged.</exception>
    /// <exception cref="NotSupportedException">The elements aren't numbers.</exception>
    /// <exception cref="ArgumentException">The chunks don't fit.</exception>
    public ChunkedArray<T> Array<T>(string path, Chunks chunks = default, bool convert = false, string? member = null)
        where T : unmanaged => Dataset(path).Array<T>(chunks, convert, member);

    /// <summary>
    /// Reads the structure anew, to see what another program has written since: datasets have grown, and there are new ones. Objects and arrays
    /// that were had before stay what they were.
    /// </summary>
    public void Refresh()
    {
        lock (_gate)
            _structure = null;
        _ = Structure;
    }

    /// <summary>
    /// Closes the file. Objects and arrays of it can't be read after, and changes that weren't committed are gone. Where all of them had succeeded, the
    /// standard error stream says so, once a process: the <see cref="Commit"/> was forgotten, or an exception came before it.
    /// </summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        lock (_gate)
        {
            if (!_isDisposed && IsUncommitted)
                Uncommitted.Say(Path, "disposed of");
            _isDisposed = true;
            CloseOpened();
            if (!_isChanging) // else the change does it at its end
                _session?.Dispose();
            _session = null;
        }
    }

    /// <summary>The path, and whether it is open.</summary>
    public override string ToString() => $"{Path} (HDF5{(_isDisposed ? ", closed" : IsWritable ? ", not committed" : "")})";

    /// <summary>The group or dataset that a header describes; null where it describes neither.</summary>
    internal Hdf5Object? ObjectOf(PathEnd place, string path)
    {
        if (DatasetHeader.IsDataset(place.Header))
            return new Hdf5Dataset(this, place, path);
        return GroupLinks.IsGroup(place.Header) ? new Hdf5Group(this, place, path) : null;
    }

    private FileStructure Structure
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                RequireNoChange();
                return _structure ??= OpenStructure(_session?.ReadingPath ?? Path, _session is not null ? FileChanges.ByUs : _options.WhileWritten ? FileChanges.ByOthers : FileChanges.None);
            }
        }
    }

    private FileStructure OpenStructure(string path, FileChanges changes)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{Path}' was to be opened as an HDF5 file, and it is {ForeignFiles.DescribeFolder(path)}.");
        ReadOnlyFile? file = null;
        try
        {
            file = new ReadOnlyFile(path, OpenFiles.Shared, changes, Path);
            var others = new OtherFiles(Path, _options, changes);
            FileStructure structure = WhileWritten.Read(file, () => new FileStructure(file, others));
            if (structure.Superblock.IsBeingWritten && changes == FileChanges.None)
            {
                throw new IOException(
                    $"'{Path}' is being written by another program{(structure.Superblock.IsSwmr ? " (SWMR)" : ", or wasn't closed by one that ended")}. " +
                    "Wait until it is closed, or open it with Hdf5OpenOptions { WhileWritten = true }.");
            }

            _opened.RemoveAll(opened => !opened.TryGetTarget(out _));
            _opened.Add(new WeakReference<IDisposable>(file));
            _opened.Add(new WeakReference<IDisposable>(others));
            others.Main = structure;
            return structure;
        }
        catch (Exception failure)
        {
            file?.Dispose();
            if (file is null && failure.GetType() == typeof(IOException))
                throw new IOException($"'{Path}' can't be opened. {failure.Message} If another program is writing it, wait until it is closed.", failure);
            throw;
        }
    }
}
