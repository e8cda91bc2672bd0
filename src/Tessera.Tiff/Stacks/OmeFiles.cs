namespace Tessera.TiffFormat;

/// <summary>The files that the planes of an OME-TIFF are in: the one that was opened, and others in its folder, which are opened if they are needed.</summary>
internal sealed class OmeFiles(DirectoryChain here) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DirectoryChain> _others = new(Names); // of several threads, which may ask for arrays at once
    private readonly string _name = Path.GetFileName(here.File.Path);
    private bool _isDisposed;

    private static StringComparer Names => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The file that was opened.</summary>
    public DirectoryChain Here => here;

    /// <summary>Whether a name is that of the file that was opened.</summary>
    public bool IsHere(string? name) => name is null || name.Equals(_name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The pages of a file.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the folder, or the file isn't there or is damaged.</exception>
    public DirectoryChain Open(string? name)
    {
        if (IsHere(name))
            return here;
        if (here.File.IsStream || name is "." or ".." || name!.AsSpan().IndexOfAny('/', '\\', ':') >= 0)
            throw here.File.Damaged(0, $"its OME-XML has planes in '{name}', which isn't the name of a file beside it");

        string path = Path.Combine(Path.GetDirectoryName(here.File.Path) ?? "", name!);
        lock (_gate)
        {
            if (_isDisposed)
                throw new ObjectDisposedException(here.File.Path, $"'{path}' was to be read, and '{here.File.Path}', which has planes there, was disposed of before. Ask for its arrays first.");
            if (!_others.TryGetValue(name!, out DirectoryChain? chain))
                _others.Add(name!, chain = Read(path, name!));
            return chain;
        }
    }

    /// <summary>Closes them all, the one that was opened too.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (DirectoryChain other in _others.Values)
                other.File.Dispose();
        }

        here.File.Dispose();
    }

    private DirectoryChain Read(string path, string name)
    {
        try
        {
            var file = new ReadOnlyFile(path, OpenFiles.Shared);
            try
            {
                return DirectoryReader.Read(file).Require(allowIncomplete: false);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (FileNotFoundException missing)
        {
            throw here.File.Damaged(0, $"its OME-XML has planes in '{name}', and there is no such file beside it", missing);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw here.File.Damaged(0, $"its OME-XML has planes in '{name}', and that can't be opened: {closed.Message}", closed);
        }
    }
}
