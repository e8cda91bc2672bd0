using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>The oracle's files, one for each kind of index and each turn that it can take, written once for all tests of a class.</summary>
public sealed class IndexFiles : IDisposable
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    private readonly TestFolder _folder = new();
    private readonly Lazy<IndexFile[]> _all;

    public IndexFiles() =>
        _all = new(() => JsonSerializer.Deserialize<IndexFile[]>(Python.Run("chunks.py", "indices", _folder.Path), Options)!);

    internal IndexFile[] All => _all.Value;

    internal string PathOf(IndexFile file) => _folder.PathOf(file.File);

    public void Dispose() => _folder.Dispose();
}
