using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Files;

/// <summary>
/// A file that is written under another name in the same folder and renamed when it is whole, so that whoever looks sees the old file or
/// the new one and nothing between.
/// </summary>
internal sealed class FileBeside : IDisposable
{
    private readonly string _path;
    private bool _finished;

    /// <summary>Makes the file. What goes wrong is told of the path that was asked for; nobody knows the other name.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder doesn't exist.</exception>
    /// <exception cref="IOException">The path is a folder, or no file can be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder takes no files of this user.</exception>
    public FileBeside(string path)
        : this(path, beside => File.OpenHandle(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
    {
    }

    private FileBeside(string path, Func<string, SafeFileHandle> open)
    {
        _path = Path.GetFullPath(path);
        if (Directory.Exists(_path))
            throw new IOException($"'{path}' was to be written as a file, and it is a folder; add a file name to it.");
        string folder = Path.GetDirectoryName(_path)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}' was to be written, and there is no folder '{folder}'; make it first, with Directory.CreateDirectory for instance.");

        WrittenPath = Path.Combine(folder, $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}.part");
        try
        {
            Handle = open(WrittenPath);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UnauthorizedAccessException($"'{path}' was to be written, and the folder '{folder}' takes no files of this user; save elsewhere, or change its permissions.", refused);
        }
        catch (IOException refused)
        {
            throw new IOException($"'{path}' was to be written, and no file can be made in the folder '{folder}': it is read-only or full, or the name is too long. Save elsewhere.", refused);
        }
    }

    /// <summary>To write to, positionally and from any thread.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>The name that the file has until it is whole.</summary>
    public string WrittenPath { get; }

    /// <summary>An empty file that others may open too, by <see cref="WrittenPath"/>: a native library.</summary>
    /// <inheritdoc cref="FileBeside(string)"/>
    public static FileBeside Shared(string path) =>
        new(path, beside => File.OpenHandle(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>
    /// A copy of the file that is there, which others may open too. File systems that can don't copy the bytes: both files share them until one
    /// is changed.
    /// </summary>
    /// <inheritdoc cref="FileBeside(string)"/>
    public static FileBeside CopyOf(string path) => new(path, beside =>
    {
        try
        {
            File.Copy(path, beside);
            return File.OpenHandle(beside, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    });

    /// <summary>The file is whole: it takes its name, and the place of a file that had it.</summary>
    /// <param name="replaces">Whether it may take a place; else there must be none of that name.</param>
    /// <exception cref="IOException">Another file has the name and may not be replaced, or, on Windows, is open.</exception>
    public void Commit(bool replaces = true)
    {
        Handle.Dispose();
        MakeNewer();
        try
        {
            File.Move(WrittenPath, _path, replaces);
        }
        catch (Exception refused) when (OperatingSystem.IsWindows() && replaces && refused is IOException or UnauthorizedAccessException && File.Exists(_path))
        {
            throw new IOException($"'{_path}' was to be replaced, and another program, or this one, has it open; close it there first, and save again.", refused);
        }

        _finished = true;
    }

    /// <summary>
    /// Whoever read the file that is replaced tells the new one by its length and time. The clock of a file system may stand still for some
    /// milliseconds, so the time is set where it isn't later. By path: whoever wrote by the handle may have closed it.
    /// </summary>
    private void MakeNewer()
    {
        try
        {
            var replaced = new FileInfo(_path);
            TimeSpan older = replaced.Exists ? replaced.LastWriteTimeUtc - File.GetLastWriteTimeUtc(WrittenPath) : TimeSpan.MinValue;
            if (older >= TimeSpan.Zero && older < TimeSpan.FromSeconds(1))
                File.SetLastWriteTimeUtc(WrittenPath, replaced.LastWriteTimeUtc.AddTicks(1));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // a file system that doesn't let times be set
        }
    }

    /// <summary>
    /// Before the commit of a file that must outlive a loss of power: its bytes are brought to the disk. It gets the permissions of the file that it will
    /// replace.
    /// </summary>
    public void FlushToDisk()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
            KeepMode();
        RandomAccess.FlushToDisk(Handle);
    }

    [UnsupportedOSPlatform("windows")]
    private void KeepMode()
    {
        try
        {
            File.SetUnixFileMode(Handle, File.GetUnixFileMode(_path));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // a file system without permissions, or a file of another user
        }
    }

    /// <summary>Removes what was written, unless it was committed.</summary>
    public void Dispose()
    {
        Handle.Dispose();
        if (!_finished)
            File.Delete(WrittenPath);
        _finished = true;
    }
}
