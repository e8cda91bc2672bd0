namespace Tessera.TiffFormat;

/// <summary>A file that is written beside its path and renamed when it is whole.</summary>
internal sealed class PathTarget : WriteTarget
{
    private readonly string _path;
    private FileBeside? _file;

    public PathTarget(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    public override string Name => _path;

    public override void Begin() => _file = new FileBeside(_path);

    public override void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file!.Handle, bytes, offset);

    /// <summary>
    /// Where a file is replaced, nobody goes on reading it: files that are open for reading are closed, and who reads on is told that the
    /// file is another one. Windows replaces no open file, so they are closed before, too.
    /// </summary>
    public override void Complete()
    {
        bool replaces = File.Exists(_path);
        if (replaces && OperatingSystem.IsWindows())
            OpenFiles.Shared.CloseAll();
        _file!.Commit();
        if (replaces)
            OpenFiles.Shared.CloseAll();
    }

    public override void Dispose() => _file?.Dispose();
}
