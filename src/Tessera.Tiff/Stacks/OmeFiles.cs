namespace Tessera.TiffFormat;

/// <summary>The files that the planes of an OME-TIFF are in: the one that was opened, and others in its folder, which are opened if they are needed.</summary>
internal sealed class OmeFiles(DirectoryChain here)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DirectoryChain> _others = new(StringComparer.Ordinal); // of several threads, which may ask for arrays at once

    /// <summary>The file that was opened.</summary>
    public DirectoryChain Here => here;

    /// <summary>Whether a name is that of the file that was opened.</summary>
    public bool IsHere(string? name) => name is null || name.Equals(Path.GetFileName(here.File.Path), StringComparison.OrdinalIgnoreCase);

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
            if (!_others.TryGetValue(name!, out DirectoryChain? chain))
                _others.Add(name!, chain = Read(path, name!));
            return chain;
        }
    }

    private DirectoryChain Read(string path, string name)
    {
        try
        {
            return DirectoryReader.Read(new ReadOnlyFile(path, OpenFiles.Shared)).Require(allowIncomplete: false);
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
