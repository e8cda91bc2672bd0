using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Hdf5Format;

/// <summary>
/// The moment between the look whether a file is still the one that was copied, and its replacement: taken by one save at a time, of all in this
/// process and, where the system has advisory locks, of all that write to the folder. Both together take microseconds.
/// </summary>
internal sealed class CommitLock : IDisposable
{
    // A program that locks the folder for other reasons, and perhaps started this one, mustn't stop it. The order is lost then, for microseconds.
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();

    private readonly SafeFileHandle? _folder;

    /// <summary>Waits until others are done.</summary>
    /// <param name="path">The file.</param>
    public CommitLock(string path)
    {
        _folder = AdvisoryLock.OpenFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            long began = Stopwatch.GetTimestamp();
            while (_folder is not null && !AdvisoryLock.TryTake(_folder) && Stopwatch.GetElapsedTime(began) < MostPatience)
                Thread.Sleep(1);
            Gate.Enter(); // last, because what comes before may throw
        }
        catch
        {
            _folder?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Gate.Exit();
        _folder?.Dispose();
    }
}
