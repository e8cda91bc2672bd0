using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Hdf5Format;

/// <summary>
/// Changes to one file, all of them or none. The file is written beside under another name, <c>.name.GUID.part</c>, and takes its own at
/// <see cref="Commit"/>, so that a process that dies at any moment leaves the old file as it was, and perhaps such a part, which may be deleted.
/// </summary>
/// <remarks>
/// Begin to end:
/// <code>
/// OpenOrCreate    cells.h5 is copied to .cells.h5.GUID.part, and the library opens that
/// Dataset         checks path, options and attributes, and gives the sink
///   Begin         makes the dataset, without a name
///   Write         stores chunks, from many threads
///   Complete      gives it its name; Abandon instead lets it vanish
/// Commit          closes the file, has it written to the disk, and renames it to cells.h5
/// </code>
/// In place, the library opens cells.h5 itself: nothing is copied, and a process that dies may leave it damaged.
/// </remarks>
internal sealed class WriteSession : IDisposable
{
    private readonly string _path;
    private readonly FileBeside? _beside; // null in place
    private readonly NativeSubject _subject;
    private readonly FileVersion? _replaced; // what may be replaced; null for anything
    private readonly HashSet<string> _pending = [];
    /// <summary>The files that this process changes in place, of which no copies are made meanwhile.</summary>
    private static readonly ConcurrentDictionary<string, WriteSession> InPlaceNow = new();

    private string? _noted; // among those
    private Exception? _spoilt; // why what is written mustn't become the file
    private bool _isOver;

    private WriteSession(string path, FileBeside? beside, FileVersion? replaced, Func<string, NativeSubject, NativeFile> open, bool isAlone = false)
    {
        (_path, _beside, _replaced, _subject) = (path, beside, replaced, new NativeSubject(path));
        try
        {
            ReadingPath = beside?.WrittenPath ?? path;
            Handle = beside?.Handle ?? (isAlone ? ExistingFile.OpenAlone(path) : ExistingFile.Open(path));
            File = open(ReadingPath, _subject);
        }
        catch
        {
            Handle?.Dispose();
            beside?.Dispose();
            throw;
        }
    }

    /// <summary>The file as it is now on the disk, once it was <see cref="Flush"/>ed.</summary>
    public string ReadingPath { get; }

    /// <summary>The same file, for what is written without the library.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>The same file, as the library has it open.</summary>
    public NativeFile File { get; }

    /// <summary>Whether the file itself is changed, and not a copy.</summary>
    public bool IsInPlace { get; private init; }

    /// <summary>A new file, in place of what is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="latestFormat">Whether it has the structures of version 1.10; otherwise versions from 1.8 on read it.</param>
    /// <exception cref="DllNotFoundException">The HDF5 library isn't installed.</exception>
    /// <exception cref="IOException">No file can be made there.</exception>
    public static WriteSession Create(string path, bool latestFormat = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireLibrary();
        return new WriteSession(path, FileBeside.Shared(FileVersion.TargetOf(path)), null, (written, subject) => NativeFile.Create(written, subject, latestFormat));
    }

    /// <summary>A file as it is, or a new one where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inPlace">Whether a file that is there is changed itself, instead of a copy.</param>
    /// <param name="latestFormat">Whether what is added has the structures of version 1.10.</param>
    /// <param name="check">
    /// Asks a session that changes nothing for the sinks that will be asked for, so that what is refused is so before a large file is copied.
    /// </param>
    /// <exception cref="DllNotFoundException">The HDF5 library isn't installed.</exception>
    /// <exception cref="InvalidDataException">What is there is no HDF5 file, or is damaged.</exception>
    /// <exception cref="IOException">No file can be made there, or another program has locked it.</exception>
    public static WriteSession OpenOrCreate(string path, bool inPlace, bool latestFormat = false, Action<WriteSession>? check = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireLibrary();
        string target = FileVersion.TargetOf(path);
        FileVersion version = FileVersion.Of(target);
        if (!version.Exists)
            return new WriteSession(path, FileBeside.Shared(target), version, (written, subject) => NativeFile.Create(written, subject, latestFormat));

        ExistingFile.Require(path);
        if (check is not null)
        {
            using var look = new WriteSession(path, null, null, NativeFile.OpenToLook) { IsInPlace = inPlace };
            check(look);
        }

        if (!inPlace && InPlaceNow.ContainsKey(Path.GetFullPath(target)))
            throw new IOException($"'{path}' was to be added to, and it is being changed in place by this program; save through that Hdf5File, or close it first.");
        return inPlace
            ? new WriteSession(path, null, null, (written, subject) => NativeFile.Open(written, subject, latestFormat), isAlone: true) { IsInPlace = true }.Noted(Path.GetFullPath(target))
            : new WriteSession(path, FileBeside.CopyOf(target), version, (written, subject) => NativeFile.Open(written, subject, latestFormat));
    }

    /// <summary>Brings the file on the disk to what was completed so far.</summary>
    public void Flush() => File.Flush();

    /// <summary>Makes a group and those above it; one that is there stays.</summary>
    public void CreateGroup(string path)
    {
        string item = ItemPath.Of(path);
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        item = ExactNames.OfItem(File.Id, item);
        ItemKind kind = NativeItems.CheckAbove(File.Id, SubjectOf(item), item);
        if (kind is not (ItemKind.Nothing or ItemKind.Group))
            throw new IOException($"{SubjectOf(item)} was to be made as a group, and {NameOf(kind)} is there; delete it first, or choose another path.");
        if (kind == ItemKind.Nothing)
            NativeItems.MakeGroup(native.Library, File.Id, SubjectOf(item), item);
    }

    /// <summary>Sets an attribute of a group or dataset, in place of one of that name.</summary>
    /// <exception cref="ArgumentException">The value can't be stored; says what can.</exception>
    public void SetAttribute(string objectPath, string name, object value)
    {
        string item = ItemPath.Of(objectPath);
        PlainValue plain = AttributeOf(name, value);
        NativeSubject subject = SubjectOf(item);
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        item = ExactNames.OfItem(File.Id, item);
        if (NativeItems.CheckAbove(File.Id, subject, item) == ItemKind.Nothing)
            throw new IOException($"{subject} was to get the attribute '{name}', and there is no such group or dataset; make it first.");
        using NativeId target = subject.Id(Hdf5Calls.H5Oopen(File.Id, item, 0), "opening it");
        NativeItems.SetAttribute(native.Library, target, subject, name, plain);
    }

    /// <summary>Makes a dataset of a number, a text, or a small array of them.</summary>
    public void WriteValue(string path, object value)
    {
        string item = ItemPath.OfNew(path);
        var plain = PlainValue.Of($"the dataset '{item}'", value);
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        item = ExactNames.OfItem(File.Id, item);
        CheckNew(item, replace: false);
        NativeItems.WriteValue(native.Library, File.Id, SubjectOf(item), item, plain);
    }

    /// <summary>Removes a group with all that is in it, or a dataset. The file doesn't become smaller.</summary>
    public void Delete(string path)
    {
        string item = ItemPath.OfNew(path);
        NativeSubject subject = SubjectOf(item);
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        item = ExactNames.OfItem(File.Id, item);
        if (NativeItems.CheckAbove(File.Id, subject, item) == ItemKind.Nothing)
            throw new IOException($"{subject} was to be deleted, and there is nothing of that name.");
        subject.Check(Hdf5Calls.H5Ldelete(File.Id, item, 0), "deleting it");
    }

    /// <summary>A sink that writes one dataset, which the file has once it is completed. Refuses here what can't be written.</summary>
    /// <exception cref="ArgumentException">Path, options or attributes don't fit; says which.</exception>
    /// <exception cref="IOException">Something is there already.</exception>
    /// <exception cref="NotSupportedException">A dataset can't hold such an array.</exception>
    public IBlockSink Dataset(string path, ElementType elementType, Shape shape, Hdf5SaveOptions options)
    {
        string item = ItemPath.OfNew(path);
        var layout = new DatasetLayout(elementType, shape, options);
        KeyValuePair<string, PlainValue>[] attributes = AttributesOf(options);
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        item = ExactNames.OfItem(File.Id, item);
        CheckNew(item, options.Replace);
        _pending.Add(item);
        return new Hdf5Sink(this, item, layout, attributes);
    }

    /// <summary>A sink that makes a dataset that is there longer along an axis, and writes what comes on. Refuses here what can't be written.</summary>
    /// <exception cref="ArgumentException">Axis, sizes or type don't fit the dataset; says which.</exception>
    /// <exception cref="IOException">There is no such dataset, or it can't grow.</exception>
    /// <exception cref="NotSupportedException">The dataset has filters that are only read.</exception>
    public IBlockSink Append(string path, ElementType elementType, Shape shape, int axis)
    {
        string item = ItemPath.OfNew(path);
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        item = ExactNames.OfItem(File.Id, item);
        if (_pending.Contains(item))
            throw new IOException($"{SubjectOf(item)} was to be appended to, and it is being written at the same time; do one after the other.");
        var growing = GrowingDataset.Open(this, item, elementType, shape, axis);
        _pending.Add(item);
        return new AppendSink(this, item, growing);
    }

    /// <summary>All is written: it becomes the file.</summary>
    /// <exception cref="IOException">It couldn't be written, or the file was changed by others meanwhile; the old one is as it was.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        if (_pending.Count > 0)
            throw new InvalidOperationException($"{_subject} was to be finished while {string.Join(", ", _pending.Order())} is being written. This is an error in Tessera; please report it.");
        if (_spoilt is not null)
        {
            throw new IOException(
                $"{_subject} can't be finished: an append failed and couldn't be undone. " +
                $"{(IsInPlace ? "The dataset may have kept the sizes that it was to get; delete it, or save it anew." : "The file that is there is as it was; begin again.")} {_spoilt.Message}", _spoilt);
        }

        File.Close();
        if (_beside is null)
        {
            RandomAccess.FlushToDisk(Handle);
            FileVersion.RequireSame(Handle, _path);
        }
        else
        {
            _beside.FlushToDisk(); // which takes long, and comes before the look
            Replace(_beside);
        }

        Dispose();
    }

    private WriteSession Noted(string file)
    {
        _noted = file; // only one session at a time has it in place
        InPlaceNow[file] = this;
        return this;
    }

    /// <summary>Gives the written file its name, if what has it is what was copied: looked and done while no other save does the same.</summary>
    private void Replace(FileBeside beside)
    {
        using var held = new CommitLock(FileVersion.TargetOf(_path));
        _replaced?.RequireUnchanged(_path);
        try
        {
            beside.Commit(replaces: _replaced is not { Exists: false });
        }
        catch (IOException taken) when (_replaced is { Exists: false } && System.IO.File.Exists(_replaced.Path))
        {
            throw FileVersion.Changed(_path, taken);
        }
    }

    /// <summary>Removes what was written, unless it was committed.</summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        File.Dispose();
        Handle.Dispose();
        _beside?.Dispose();
        if (_noted is not null)
            InPlaceNow.TryRemove(_noted, out _);
    }

    /// <summary>What messages call a group or dataset.</summary>
    public NativeSubject SubjectOf(string item) => _subject with { Item = item };

    /// <summary>What was written isn't whole, and can't become the file.</summary>
    public void Spoil(Exception reason) => _spoilt ??= reason;

    /// <summary>A dataset that was being written is no more.</summary>
    public void Over(string item)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter(); // whose lock also keeps the list
        _pending.Remove(item);
    }

    private void CheckNew(string item, bool replace)
    {
        NativeSubject subject = SubjectOf(item);
        if (_pending.FirstOrDefault(other => other == item || other.StartsWith(item + '/', StringComparison.Ordinal) || item.StartsWith(other + '/', StringComparison.Ordinal)) is { } pending)
            throw new IOException($"{subject} was to be written, and the dataset '{pending}' is being written at the same time; choose another path.");
        ItemKind kind = NativeItems.CheckAbove(File.Id, subject, item);
        if (kind == ItemKind.Nothing || (kind == ItemKind.Dataset && replace))
            return;
        throw new IOException(kind == ItemKind.Dataset
            ? $"{subject} was to be written, and a dataset is there; Replace = true in the options replaces it (a value is deleted first), or choose another path."
            : $"{subject} was to be written as a dataset, and {NameOf(kind)} is there; delete it first, or choose another path.");
    }

    /// <summary>The attributes that a dataset gets.</summary>
    /// <exception cref="ArgumentException">One of them can't be stored; says which.</exception>
    public static KeyValuePair<string, PlainValue>[] AttributesOf(Hdf5SaveOptions options) =>
        [.. (options.Attributes ?? new Dictionary<string, object>()).Select(pair => KeyValuePair.Create(pair.Key, AttributeOf(pair.Key, pair.Value)))];

    private static PlainValue AttributeOf(string name, object value) => !string.IsNullOrEmpty(name) && !name.Contains('\0')
        ? PlainValue.Of($"the attribute '{name}'", value)
        : throw new ArgumentException("The name of an attribute is empty or has a zero character; give it one.", nameof(name));

    private static string NameOf(ItemKind kind) => kind switch
    {
        ItemKind.Group => "a group",
        ItemKind.Dataset => "a dataset",
        _ => "a named type or a link that leads nowhere",
    };

    /// <summary>Asks for the library before any file is made.</summary>
    private static void RequireLibrary() => NativeHdf5.Enter().Dispose();
}
