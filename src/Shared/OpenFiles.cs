using Microsoft.Win32.SafeHandles;

namespace Tessera.Files;

/// <summary>
/// Bounds how many files are open at once: a stack may have a hundred thousand frames, and a process may have about a thousand files open, or
/// fewer (see <see cref="OpenFileLimit"/>).
/// Over the limit, the files that were read longest ago are closed; reading one of them again opens it again.
/// </summary>
/// <remarks>
/// State, by example, with a limit of 2: a and b are read and stay open [a, b]; c is opened [a, b, c] and, as 3 is over 2, a (read longest
/// ago) is closed [b, c]. A thread that was about to read a sees a closed handle and asks again. The list holds files and handles weakly: a
/// stack that nobody uses any more is collected, and its handles close when the runtime finalizes them. That may be a while later, so those
/// that still wait for it are closed first: they count, and nobody misses them.
/// </remarks>
internal sealed class OpenFiles(int limit)
{
    private const int MostAttempts = 3;

    private readonly Lock _gate = new();
    private readonly List<Entry> _open = [];
    private int _closings; // how often all were closed: a handle from before one isn't kept after it

    /// <summary>The one that all stacks of the process share.</summary>
    public static OpenFiles Shared { get; } = new(OpenFileLimit.ShareOf(OpenFileLimit.OfProcess()));

    /// <summary>How many files stay open; each thread that opens one has one more open for a moment.</summary>
    public int Limit => limit;

    /// <summary>How many files are open now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _open.Count(entry => entry.IsOpen);
        }
    }

    /// <summary>A file and its handle; the handle is still had after its file was collected, until it was finalized and collected itself.</summary>
    private readonly struct Entry(ReadOnlyFile file, SafeFileHandle handle)
    {
        private readonly WeakReference<ReadOnlyFile> _file = new(file);
        private readonly WeakReference<SafeFileHandle> _handle = new(handle, trackResurrection: true);

        public ReadOnlyFile? File => _file.TryGetTarget(out ReadOnlyFile? file) ? file : null;

        public bool IsOpen => _handle.TryGetTarget(out SafeFileHandle? handle) && !handle.IsClosed;

        /// <summary>Closes the handle; a file that somebody still has opens another one when it is read again.</summary>
        public void Close()
        {
            File?.Close();
            if (_handle.TryGetTarget(out SafeFileHandle? handle))
                handle.Dispose();
        }
    }

    /// <summary>
    /// Opens a file, or gives the handle that another thread opened meanwhile. The lock isn't kept while the system opens it, unless all files were
    /// closed during each of several attempts.
    /// </summary>
    public SafeFileHandle Open(ReadOnlyFile file)
    {
        for (int attempts = 1; ; attempts++)
        {
            int closings = Volatile.Read(ref _closings);
            SafeFileHandle handle = OpenHandle(file);
            lock (_gate)
            {
                if (closings != _closings)
                {
                    handle.Dispose(); // it may be of a file that another one has replaced since
                    if (attempts < MostAttempts)
                        continue;
                    handle = OpenHandle(file); // who saves file after file keeps nobody from reading
                }

                if (!file.TryAdopt(handle, out SafeFileHandle current))
                {
                    handle.Dispose();
                    return current;
                }

                _open.Add(new Entry(file, handle));
                if (_open.Count > limit)
                    CloseOldest(newest: _open.Count - 1);
                return handle;
            }
        }
    }

    /// <summary>
    /// Closes all files. Reads that are under way end first; the next one opens its file again, and refuses one that was changed or replaced
    /// meanwhile.
    /// </summary>
    public void CloseAll()
    {
        lock (_gate)
        {
            _closings++;
            foreach (Entry entry in _open)
                entry.Close();
            _open.Clear();
        }
    }

    private static SafeFileHandle OpenHandle(ReadOnlyFile file)
    {
        // Frames may still be renamed or removed by others; where the system has advisory locks, this takes a shared one, which readers may have in common.
        SafeFileHandle handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.IsGrowing)
            AdvisoryLock.Release(handle);
        try
        {
            file.RequireSame(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        return handle;
    }

    /// <summary>
    /// Closes what nobody has any more, then what was read longest ago, down to an eighth below the limit, so that the sorting is paid once for
    /// many openings. The newest was opened just now, and stays. Files are closed by whoever disposes of them at any moment, the newest too.
    /// </summary>
    private void CloseOldest(int newest)
    {
        var byAge = new List<(long LastUse, Entry Entry)>(_open.Count);
        for (int i = 0; i < _open.Count; i++)
        {
            if (_open[i].IsOpen)
                byAge.Add((i == newest ? long.MaxValue : _open[i].File?.LastUse ?? long.MinValue, _open[i]));
        }

        byAge.Sort((left, right) => right.LastUse.CompareTo(left.LastUse));
        _open.Clear();
        int room = limit - Math.Max(1, limit / 8) + 1;
        foreach ((long lastUse, Entry entry) in byAge)
        {
            if (_open.Count < room && lastUse != long.MinValue)
                _open.Add(entry);
            else
                entry.Close();
        }
    }
}
