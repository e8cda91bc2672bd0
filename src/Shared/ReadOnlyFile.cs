using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Files;

/// <summary>
/// A file that is read positionally by many threads at once, without locks and without a file position. Its handle may be closed between
/// two reads (see <see cref="OpenFiles"/>) and is opened again by the next one.
/// </summary>
internal sealed class ReadOnlyFile : IDisposable
{
    [NonSerialized] // in a worker process, the file is one of those that are open there
    private readonly OpenFiles? _files;

    [NonSerialized]
    private SafeFileHandle? _handle;

    private readonly StreamBytes? _stream; // in place of a handle

    [NonSerialized] // by this machine's clock
    private long _lastUse;

    private long _length;
    private readonly DateTime _changed;
    private volatile bool _disposed;

    /// <summary>Opens the file and measures it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="files">Those that are open with it.</param>
    /// <param name="changes">Who may change it meanwhile.</param>
    /// <param name="name">What messages call it; left out, its path.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public ReadOnlyFile(string path, OpenFiles files, FileChanges changes = FileChanges.None, string? name = null)
    {
        (Path, Name, Changes) = (path, name ?? path, changes);
        _files = files;
        try
        {
            (_length, DateTime changed) = Measure();
            _changed = changes == FileChanges.None ? changed : default;
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new FileNotFoundException($"'{path}' was to be read, and its folder doesn't exist.", path, missing);
        }
    }

    /// <summary>Reads from a stream, from where it stands on.</summary>
    /// <param name="stream">The stream, which nobody else uses meanwhile.</param>
    /// <param name="leaveOpen">Whether it stays open when this is disposed of.</param>
    /// <inheritdoc cref="StreamBytes(Stream, bool)"/>
    public ReadOnlyFile(Stream stream, bool leaveOpen)
    {
        _stream = new StreamBytes(stream, leaveOpen);
        Path = Name = StreamBytes.NameOf(stream);
        _length = _stream.Length;
    }

    /// <summary>The path as it was given; of a stream what messages call it.</summary>
    public string Path { get; }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>Whether it is a stream, which has no folder.</summary>
    public bool IsStream => _stream is not null;

    /// <summary>Who may change it while it is read.</summary>
    public FileChanges Changes { get; }

    /// <summary>Whether another program makes it longer while it is read.</summary>
    public bool IsGrowing => Changes == FileChanges.ByOthers;

    /// <summary>Bytes in the file when it was opened, or measured last; every offset and count that the file states is checked against it.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>When the file was last read, on the clock of <see cref="Stopwatch"/>.</summary>
    public long LastUse => Volatile.Read(ref _lastUse);

    /// <summary>True once it was closed for good.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>True while a handle is open.</summary>
    public bool IsOpen => Volatile.Read(ref _handle) is not null;

    /// <summary>Learns how long a growing file is now.</summary>
    public void MeasureAgain() => Volatile.Write(ref _length, Measure().Length);

    /// <summary>Fills <paramref name="destination"/> with the bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public void Read(Span<byte> destination, long offset)
    {
        Require(offset, destination.Length);
        while (!destination.IsEmpty)
        {
            int read;
            try
            {
                read = _stream is null ? RandomAccess.Read(Handle(), destination, offset) : StreamRead(destination, offset);
            }
            catch (ObjectDisposedException) when (!_disposed && _stream is null)
            {
                continue; // closed as the oldest between taking the handle and reading
            }

            if (read == 0)
                throw Damaged(offset, $"the file ends here; it had {Length} bytes when it was opened");
            destination = destination[read..];
            offset += read;
        }
    }

    /// <summary>Checks that the file has <paramref name="count"/> bytes from <paramref name="offset"/> on, before anything is allocated for them.</summary>
    public void Require(long offset, long count)
    {
        if (IsGrowing && count > Length - offset)
            MeasureAgain();
        if (offset < 0 || count < 0 || count > Length - offset)
            throw Damaged(offset, $"{count} bytes should lie here, and the file ends at byte {Length}; it is truncated or damaged");
    }

    /// <summary>The one form of every complaint: which file, where, what.</summary>
    public InvalidDataException Damaged(long offset, string what, Exception? cause = null) => new($"'{Name}', byte {offset}: {what}.", cause);

    /// <summary>Refuses another file that has taken the name of this one since it was opened: what is known of it wouldn't be true of that.</summary>
    /// <exception cref="IOException">The file was changed.</exception>
    public void RequireSame(SafeFileHandle opened)
    {
        if (_changed != default && (RandomAccess.GetLength(opened) != Length || File.GetLastWriteTimeUtc(opened) != _changed))
            throw new IOException($"'{Name}' was changed or replaced by another file after it was opened; open it anew.");
    }

    /// <summary>Takes a newly opened handle, unless there is one already.</summary>
    public bool TryAdopt(SafeFileHandle opened, out SafeFileHandle current)
    {
        Volatile.Write(ref _lastUse, Stopwatch.GetTimestamp());
        current = Interlocked.CompareExchange(ref _handle, opened, null) ?? opened;
        return current == opened;
    }

    /// <summary>Gives the handle back; a read that is under way ends first, the next one opens the file again.</summary>
    public void Close() => Interlocked.Exchange(ref _handle, null)?.Dispose();

    /// <summary>Closes the file for good.</summary>
    public void Dispose()
    {
        _disposed = true;
        Close();
        _stream?.Dispose();
    }

    private int StreamRead(Span<byte> destination, long offset) => _disposed ? throw Disposed() : _stream!.Read(destination, offset);

    private ObjectDisposedException Disposed() => new(Path, $"'{Path}' was to be read, and was disposed of before. Compute what reads from it first.");

    private (long Length, DateTime Changed) Measure()
    {
        while (true)
        {
            try
            {
                SafeFileHandle handle = Handle(); // one handle for both: the path may be another file's by now
                return (RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));
            }
            catch (ObjectDisposedException)
            {
                // closed as the oldest already; other threads open files too
            }
        }
    }

    private SafeFileHandle Handle()
    {
        if (Volatile.Read(ref _handle) is { } handle)
        {
            Volatile.Write(ref _lastUse, Stopwatch.GetTimestamp());
            return handle;
        }

        if (_disposed)
            throw Disposed();
        handle = (_files ?? OpenFiles.Shared).Open(this);
        if (_disposed)
            Close(); // disposed of while it was being opened; the read will say so
        return handle;
    }
}
