using System.Collections.Concurrent;

namespace Tessera.Hdf5Format;

/// <summary>
/// The files to which a file leads: by external links, virtual datasets, raw data. Only those in or below the folder of the first file, and in or below
/// the folders that the user allows, are ever opened; each once, when something of it is needed. Safe for any number of threads.
/// </summary>
/// <remarks>
/// By example, with /data/run.h5 and the folder /raw allowed: "scan.h5" is looked for as /data/scan.h5, then as /raw/scan.h5. "/raw/scan.h5" is looked
/// for there, then by its last name as before, because files are moved together. "../other.h5" and "/etc/scan.h5" are refused. What a link leads to is what
/// counts: if /data/scan.h5 is a link to /disk/scan.h5, it is refused, unless /disk is allowed.
/// It travels to worker processes without what is open, and opens files there anew.
/// </remarks>
internal sealed class OtherFiles : IDisposable
{
    private readonly string _first; // as messages call it
    private readonly string _path;
    private readonly string[] _folders; // those of the user
    private readonly bool _areAllowed;
    private readonly FileChanges _changes;
    private volatile bool _isDisposed;

    [NonSerialized]
    private ConcurrentDictionary<string, FileStructure>? _open;

    [NonSerialized]
    private ConcurrentDictionary<string, ReadOnlyFile>? _raw;

    [NonSerialized]
    private Places? _places;

    /// <param name="path">The file that was opened by name.</param>
    /// <param name="options">What it may lead to.</param>
    /// <param name="changes">Who changes it: another program may then change the others, too.</param>
    public OtherFiles(string path, Hdf5OpenOptions options, FileChanges changes = FileChanges.None)
    {
        (_first, _areAllowed, _changes) = (path, options.AllowOtherFiles, changes == FileChanges.ByOthers ? changes : FileChanges.None);
        (_path, _folders) = (Path.GetFullPath(path), options.OtherFolders.Count == 0 ? [] : [.. options.OtherFolders.Select(Path.GetFullPath)]); // of the current folder as it is now
    }

    /// <summary>The file that was opened by name; null in a worker process.</summary>
    [field: NonSerialized]
    public FileStructure? Main { get; set; }

    /// <summary>The file of a name that a file holds; null, and where it was looked for, if there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">It isn't in a folder that may be read; says which, and the option that allows it.</exception>
    /// <exception cref="InvalidDataException">It is no HDF5 file, or is damaged.</exception>
    /// <exception cref="IOException">Another program is writing it.</exception>
    public FileStructure? Find(string name, FileStructure from, out string sought) =>
        Place(name, from.File, out sought) is { } place ? At(place) : null;

    /// <summary>Where the file of a name that a file holds lies; null, and where it was looked for, if there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">It isn't in a folder that may be read.</exception>
    public string? Place(string name, ReadOnlyFile from, out string sought)
    {
        if (!_areAllowed)
            throw new UnauthorizedAccessException($"'{from.Name}' leads to the file '{name}', and it was opened with Hdf5OpenOptions {{ AllowOtherFiles = false }}.");

        Places places = Resolved();
        bool isRooted = Path.IsPathRooted(name), isOutside = false;
        if (isRooted)
        {
            if (name.StartsWith(@"\\", StringComparison.Ordinal) && !places.Allowed.Any(folder => RealPath.IsWithin(name, folder)))
                throw Refused(name, name, from); // another machine isn't asked
            string? place = RealPath.Of(name);
            if (place is not null && File.Exists(place))
            {
                sought = place;
                return IsAllowed(place) ? place : throw Refused(name, place, from);
            }

            isOutside = !IsAllowed(RealPath.Nearest(name)); // the folder may be known by a link to it
        }

        string relative = isRooted ? Path.GetFileName(name) : name;
        string[] folders = [.. (from.Name == _first ? places.Beside : FoldersOf(from.Path)).Concat(places.Allowed).Distinct()];
        foreach (string folder in folders)
        {
            if (RealPath.Below(folder, relative) is { } place && File.Exists(place))
            {
                sought = place;
                return IsAllowed(place) ? place : throw Refused(name, place, from);
            }

            isOutside |= !isRooted && !IsAllowed(Path.GetFullPath(Path.Combine(folder, relative)));
        }

        sought = string.Join(", ", folders.Select(folder => $"'{Path.Combine(folder, relative)}'"));
        if (isOutside) // never taken for one that is only missing, which may be all that it is
            throw Refused(name, isRooted ? name : Path.GetFullPath(Path.Combine(folders[0], relative)), from);
        return null;
    }

    /// <summary>A file of raw data; null, and where it was looked for, if there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">It isn't in a folder that may be read.</exception>
    public ReadOnlyFile? FindRaw(string name, ReadOnlyFile from, out string sought)
    {
        if (Place(name, from, out sought) is not { } place)
            return null;
        ConcurrentDictionary<string, ReadOnlyFile> raw = Raw();
        if (raw.TryGetValue(place, out ReadOnlyFile? known))
            return known;

        var file = new ReadOnlyFile(place, OpenFiles.Shared, _changes);
        ReadOnlyFile one = raw.GetOrAdd(place, file);
        if (one != file || _isDisposed)
            file.Dispose(); // another thread was quicker, or the first file was closed meanwhile
        RequireOpen();
        return one;
    }

    /// <summary>Refuses what is read after the first file was closed.</summary>
    public void RequireOpen()
    {
        if (_isDisposed)
            throw new ObjectDisposedException(_first, $"'{_first}' was to be read, and was disposed of before. Compute what reads from it first.");
    }

    /// <summary>Closes them all.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.MemoryBarrier(); // either this sees a file that is being opened, or who opens it sees this
        foreach (FileStructure structure in Volatile.Read(ref _open)?.Values ?? [])
            structure.File.Dispose();
        foreach (ReadOnlyFile file in Volatile.Read(ref _raw)?.Values ?? [])
            file.Dispose();
    }

    private FileStructure At(string place)
    {
        RequireOpen();
        if (Main is { } main && place == Resolved().Self)
            return main; // what leads back leads to what is open already
        ConcurrentDictionary<string, FileStructure> open = Open();
        if (open.TryGetValue(place, out FileStructure? known))
            return known;

        var file = new ReadOnlyFile(place, OpenFiles.Shared, _changes);
        try
        {
            FileStructure structure = WhileWritten.Read(file, () => new FileStructure(file, this));
            if (structure.Superblock.IsBeingWritten && _changes == FileChanges.None)
            {
                throw new IOException(
                    $"'{place}', to which '{_first}' leads, is being written by another program, or wasn't closed by one that ended. " +
                    "Wait until it is closed, or open the first with Hdf5OpenOptions { WhileWritten = true }.");
            }

            FileStructure one = open.GetOrAdd(place, structure);
            if (one != structure)
                file.Dispose(); // another thread was quicker
            RequireOpen();
            return one;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private ConcurrentDictionary<string, FileStructure> Open() =>
        Volatile.Read(ref _open) ?? Interlocked.CompareExchange(ref _open, new ConcurrentDictionary<string, FileStructure>(), null) ?? _open;

    private ConcurrentDictionary<string, ReadOnlyFile> Raw() =>
        Volatile.Read(ref _raw) ?? Interlocked.CompareExchange(ref _raw, new ConcurrentDictionary<string, ReadOnlyFile>(), null) ?? _raw;

    private Places Resolved() => _places ??= new Places(FoldersOf(_path), [.. _folders.Select(folder => RealPath.Of(folder) ?? folder)], RealPath.Of(_path));

    private bool IsAllowed(string place) => Resolved().All.Any(folder => RealPath.IsWithin(place, folder));

    private UnauthorizedAccessException Refused(string name, string place, ReadOnlyFile from)
    {
        string folder = Path.GetDirectoryName(place) ?? place;
        return new UnauthorizedAccessException(
            $"'{from.Name}' leads to the file '{name}'{(name == place ? "" : $", which is '{place}'")}. That isn't in or below '{string.Join("', '", Resolved().All)}', and files elsewhere are read only when they are allowed: " +
            $"open '{_first}' with Hdf5OpenOptions {{ OtherFolders = [\"{folder}\"] }} if you trust it.");
    }

    private static string[] FoldersOf(string path)
    {
        string full = Path.GetFullPath(path);
        string beside = Path.GetDirectoryName(full) ?? full;
        string? real = RealPath.Of(full) is { } place ? Path.GetDirectoryName(place) : null;
        return [.. new[] { RealPath.Of(beside) ?? beside, real ?? beside }.Distinct()];
    }

    /// <summary>Where the folders lie in the end, found out when a file leads to another one.</summary>
    /// <param name="Beside">The folder of the first file, and the one where it lies if it is a link.</param>
    /// <param name="Allowed">Those of the user.</param>
    /// <param name="Self">Where the first file lies.</param>
    private sealed record Places(string[] Beside, string[] Allowed, string? Self)
    {
        public IEnumerable<string> All => Beside.Concat(Allowed);
    }
}
