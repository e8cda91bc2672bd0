using Microsoft.Win32.SafeHandles;

namespace Tessera.Files;

/// <summary>
/// Bounds how many files are open at once: a stack may have a hundred thousand frames, and a process may hold about a thousand files, or
/// fewer (see <see cref="OpenFileLimit"/>).
/// Over the limit, the files that were read longest ago are closed; reading one of them again opens it again.
/// </summary>
/// <remarks>
/// State, by example, with a limit of 2: a and b are read and stay open [a, b]; c is opened [a, b, c] and, as 3 is over 2, a (read longest
/// ago) is closed [b, c]. A thread that was about to read a sees a closed handle and asks again. The list holds its files weakly: a stack
/// that nobody uses any more is collected, and its handles close with it.
/// </remarks>
internal sealed class OpenFiles(int limit)
{
    private const int MostAttempts = 3;

    private readonly Lock _gate = new();
    private readonly List<WeakReference<ReadOnlyFile>> _open = [];
    private int _closings; // how often all were closed: a handle from before one isn't kept after it

    /// <summary>The one that all stacks of the process share.</summary>
    public static OpenFiles Shared { get; } = new(OpenFileLimit.ShareOf(OpenFileLimit.OfProcess()));

    /// <summary>How many files stay open; each thread that opens one holds one more for a moment.</summary>
    public int Limit => limit;

    /// <summary>How many files are open now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _open.Count(entry => entry.TryGetTarget(out ReadOnlyFile? file) && file.IsOpen);
        }
    }

    /// <summary>
    /// Opens a file, or gives the handle that another thread opened meanwhile. The lock isn't held while the system opens it, unless all files were
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

                _open.Add(new WeakReference<ReadOnlyFile>(file));
                if (_open.Count > limit)
                    CloseOldest(keep: file);
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
            foreach (WeakReference<ReadOnlyFile> entry in _open)
            {
                if (entry.TryGetTarget(out ReadOnlyFile? file))
                    file.Close();
            }

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

    /// <summary>Closes down to an eighth below the limit, so that the sorting is paid once for many openings.</summary>
    private void CloseOldest(ReadOnlyFile keep)
    {
        var byAge = new List<(long LastUse, ReadOnlyFile File)>(_open.Count);
        foreach (WeakReference<ReadOnlyFile> entry in _open)
        {
            if (entry.TryGetTarget(out ReadOnlyFile? file) && file.IsOpen && file != keep)
                byAge.Add((file.LastUse, file));
        }

        byAge.Sort((left, right) => right.LastUse.CompareTo(left.LastUse));
        _open.Clear();
        _open.Add(new WeakReference<ReadOnlyFile>(keep));
        int room = limit - Math.Max(1, limit / 8);
        for (int i = 0; i < byAge.Count; i++)
        {
            if (i < room)
                _open.Add(new WeakReference<ReadOnlyFile>(byAge[i].File));
            else
                byAge[i].File.Close();
        }
    }
}
