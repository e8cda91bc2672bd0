using System.Diagnostics.CodeAnalysis;
using Tessera.Hdf5Format;

namespace Tessera;

public sealed partial class Hdf5File
{
    private WriteSession? _session;
    private bool _isChanging;
    private bool _isCommitted;

    /// <summary>Whether the file can be changed: it was had by <see cref="Create"/> or <see cref="OpenOrCreate"/>, and wasn't committed yet.</summary>
    public bool IsWritable => _session is not null;

    /// <summary>
    /// Makes a new file, in place of one that is there. It is written beside, and takes its name at <see cref="Commit"/>; disposed of without, it
    /// never was.
    /// </summary>
    /// <example><code>
    /// using Hdf5File file = Hdf5File.Create("summary.h5");
    /// file.Save("/mean", cells.Mean(axis: 0));
    /// file.SetAttribute("/mean", "unit", "counts");
    /// file.Commit();
    /// </code></example>
    /// <param name="path">The file.</param>
    /// <param name="latestFormat">Whether it has structures that only the library's version 1.10 and later read; otherwise those from 1.8 on do.</param>
    /// <exception cref="DllNotFoundException">The HDF5 library, with which files are written, isn't installed; says how to install it.</exception>
    /// <exception cref="PlatformNotSupportedException">The HDF5 library is too old.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder doesn't exist.</exception>
    /// <exception cref="IOException">No file can be made there.</exception>
    public static Hdf5File Create(string path, bool latestFormat = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Writable(path, WriteSession.Create(path, latestFormat));
    }

    /// <summary>
    /// Opens a file to change it, or makes it where there is none. It is changed as a copy beside, which takes its place at <see cref="Commit"/>, so that
    /// an error or a killed process leave the old one as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="inPlace">
    /// Whether the file itself is changed instead, at once and for good: for files too large to copy. A process that is killed may leave it damaged.
    /// </param>
    /// <param name="latestFormat">Whether what is added has structures that only the library's version 1.10 and later read.</param>
    /// <exception cref="InvalidDataException">What is there is no HDF5 file, or is damaged.</exception>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static Hdf5File OpenOrCreate(string path, bool inPlace = false, bool latestFormat = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Writable(path, WriteSession.OpenOrCreate(path, inPlace, latestFormat));
    }

    /// <summary>Makes a group and those above it; one that is there stays.</summary>
    /// <exception cref="IOException">A dataset has that path.</exception>
    /// <exception cref="InvalidOperationException">The file is open for reading, or another change hasn't ended.</exception>
    public Hdf5Group CreateGroup(string path)
    {
        Change(session => session.CreateGroup(path));
        return Group(path);
    }

    /// <summary>Sets an attribute of a group or dataset, in place of one of that name.</summary>
    /// <param name="path">The group or dataset; the root is <c>/</c>.</param>
    /// <param name="name">The attribute.</param>
    /// <param name="value">A number, <see cref="bool"/>, a text, or an array of them of any rank.</param>
    /// <exception cref="ArgumentException">The value can't be stored; says what can.</exception>
    /// <exception cref="IOException">There is no such group or dataset.</exception>
    /// <exception cref="InvalidOperationException">The file is open for reading, or another change hasn't ended.</exception>
    public void SetAttribute(string path, string name, object value) => Change(session => session.SetAttribute(path, name, value));

    /// <summary>Makes a small dataset of a number, a text, or an array of them. Large ones are arrays; see <see cref="Save{T}"/>.</summary>
    /// <exception cref="ArgumentException">The value can't be stored; says what can.</exception>
    /// <exception cref="IOException">Something is there already.</exception>
    /// <exception cref="InvalidOperationException">The file is open for reading, or another change hasn't ended.</exception>
    public void WriteValue(string path, object value) => Change(session => session.WriteValue(path, value));

    /// <summary>Removes a group with all that is in it, or a dataset. The file doesn't become smaller.</summary>
    /// <exception cref="IOException">There is nothing at the path.</exception>
    /// <exception cref="InvalidOperationException">The file is open for reading, or another change hasn't ended.</exception>
    public void Delete(string path) => Change(session => session.Delete(path));

    /// <summary>Computes an array into a dataset of the file, block by block; see <see cref="Hdf5Extensions.SaveHdf5{T}"/>.</summary>
    /// <param name="dataset">The path of the dataset; groups above it are made.</param>
    /// <param name="array">What it holds.</param>
    /// <param name="options">How it is stored; chunks without filters when left out.</param>
    /// <param name="compute">How it is computed.</param>
    /// <inheritdoc cref="Save(IEnumerable{Hdf5Output}, ComputeOptions?)" path="/exception"/>
    public void Save<T>(string dataset, ChunkedArray<T> array, Hdf5SaveOptions? options = null, ComputeOptions? compute = null)
        where T : unmanaged => Save([Hdf5Output.Of(dataset, array, options)], compute);

    /// <summary>Computes arrays into datasets of the file, in one run: what they share is read once, where memory allows.</summary>
    /// <param name="outputs">The arrays, each with the dataset that it becomes.</param>
    /// <param name="compute">How they are computed.</param>
    /// <exception cref="InvalidOperationException">The file is open for reading, or another change hasn't ended.</exception>
    /// <inheritdoc cref="Hdf5.Save(string, IEnumerable{Hdf5Output}, ComputeOptions?)" path="/exception"/>
    public void Save(IEnumerable<Hdf5Output> outputs, ComputeOptions? compute = null)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Hdf5Output[] all = [.. outputs];
        Change(session => Hdf5Saving.Run(session, all, compute));
    }

    /// <summary>Makes a dataset that is there longer along an axis; see <see cref="Hdf5Extensions.AppendHdf5{T}"/>.</summary>
    /// <param name="dataset">The path of the dataset.</param>
    /// <param name="array">What comes on.</param>
    /// <param name="axis">The axis that grows.</param>
    /// <param name="compute">How it is computed.</param>
    /// <exception cref="InvalidOperationException">The file is open for reading, or another change hasn't ended.</exception>
    /// <inheritdoc cref="Hdf5Extensions.AppendHdf5{T}" path="/exception"/>
    public void Append<T>(string dataset, ChunkedArray<T> array, int axis = 0, ComputeOptions? compute = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        Change(session => Hdf5Saving.Append(session, dataset, array, axis, compute));
    }

    /// <summary>
    /// All changes are made: they become the file, which is open for reading from then on. Objects and arrays that were had before can't be
    /// read any more. Where it is refused, the changes are gone, and the file that is there is open.
    /// </summary>
    /// <exception cref="IOException">It couldn't be written, or others have changed the file meanwhile; it is as it was.</exception>
    /// <exception cref="InvalidOperationException">The file is open for reading, or another change hasn't ended.</exception>
    public void Commit()
    {
        lock (_gate)
        {
            WriteSession session = Session();
            RequireNoChange();
            CloseOpened();
            try
            {
                session.Commit();
                _isCommitted = true;
            }
            finally
            {
                session.Dispose(); // also where it was refused: the library has closed what was written
                _session = null;
            }
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The file disposes of the session.")]
    private static Hdf5File Writable(string path, WriteSession session)
    {
        var file = new Hdf5File(path, new Hdf5OpenOptions()) { _session = session };
        try
        {
            session.Flush();
            _ = file.Structure;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes a change, after which the structure is read anew. No lock is taken meanwhile: what is computed may run the user's functions on other
    /// threads, and one that asks for something in this file is refused instead of waiting for its own end.
    /// </summary>
    private void Change(Action<WriteSession> change)
    {
        WriteSession session;
        lock (_gate)
        {
            session = Session();
            RequireNoChange();
            _isChanging = true;
        }

        try
        {
            change(session);
            session.Flush();
            _hasChanged = true;
        }
        catch
        {
            _hasFailed = true;
            FlushWhatIsLeft(session);
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _structure = null;
                _isChanging = false;
                if (_isDisposed)
                    session.Dispose();
            }
        }

        ObjectDisposedException.ThrowIf(_isDisposed, this); // meanwhile: nothing of it is kept
    }

    /// <summary>After a change that failed and was given up: what the library has of that in its cache goes to the disk, too, where it will be read.</summary>
    private static void FlushWhatIsLeft(WriteSession session)
    {
        try
        {
            session.Flush();
        }
        catch (IOException)
        {
            // the failure before it is the one to tell
        }
    }

    private void RequireNoChange()
    {
        if (_isChanging)
            throw new InvalidOperationException($"'{Path}' is being changed, by a Save that hasn't ended; one change is made at a time, and nothing is read from the file meanwhile.");
    }

    private WriteSession Session()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _session ?? throw new InvalidOperationException(_isCommitted
            ? $"'{Path}' was committed, and is open for reading since. To change it further, open it again with Hdf5File.OpenOrCreate."
            : $"'{Path}' is open for reading. To change it, open it with Hdf5File.OpenOrCreate, and Commit().");
    }

    private void CloseOpened()
    {
        foreach (WeakReference<IDisposable> opened in _opened)
        {
            if (opened.TryGetTarget(out IDisposable? file))
                file.Dispose();
        }

        _opened.Clear();
        _structure = null;
    }
}
