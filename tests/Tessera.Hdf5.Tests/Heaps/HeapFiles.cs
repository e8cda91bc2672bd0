using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>The oracle's files of groups, attributes and texts, written once for all tests of a class.</summary>
public sealed class HeapFiles : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Lazy<Dictionary<string, JsonElement>> _all;

    public HeapFiles() =>
        _all = new(() => JsonDocument.Parse(Python.Run("chunks.py", "heaps", _folder.Path)).RootElement.EnumerateArray()
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file.GetProperty("file").GetString()!)));

    /// <summary>What the oracle tells of a file.</summary>
    internal JsonElement Told(string name) => _all.Value[name];

    internal string PathOf(string name)
    {
        Assert.True(_all.Value.ContainsKey(name));
        return _folder.PathOf(name + ".h5");
    }

    public void Dispose() => _folder.Dispose();
}
