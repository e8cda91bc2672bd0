using Microsoft.Win32.SafeHandles;

namespace Tessera.TiffFormat;

/// <summary>
/// A file that is written under another name in the same folder and renamed when it is whole, so that whoever looks sees the old file or
/// the new one and nothing between.
/// </summary>
internal sealed class FileBeside : IDisposable
{
    private readonly string _path;
    private readonly string _beside;
    private bool _finished;

    public FileBeside(string path)
    {
        _path = Path.GetFullPath(path);
        _beside = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Guid.NewGuid():N}.part");
        Handle = File.OpenHandle(_beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>To write to, positionally and from any thread.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>The file is whole: it takes its name, and the place of a file that had it.</summary>
    public void Commit()
    {
        Handle.Dispose();
        File.Move(_beside, _path, overwrite: true);
        _finished = true;
    }

    /// <summary>Removes what was written, unless it was committed.</summary>
    public void Dispose()
    {
        Handle.Dispose();
        if (!_finished)
            File.Delete(_beside);
        _finished = true;
    }
}
