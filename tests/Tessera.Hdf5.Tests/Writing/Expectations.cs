using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

/// <summary>
/// What a file should hold. The oracle compares with it, and with a file that h5py makes of the same bytes.
/// </summary>
internal sealed class Expectations(TestFolder folder)
{
    private readonly List<Dictionary<string, object?>> _datasets = [];

    /// <summary>Groups, each with its attributes as the oracle tells them.</summary>
    public Dictionary<string, Dictionary<string, object>> Groups { get; } = [];

    public long UserBlock { get; set; }

    public void Add<T>(string path, ChunkedArray<T> array, params (string Key, object? Value)[] more)
        where T : unmanaged
    {
        byte[] bytes = BytesOf(array);
        folder.Put($"{_datasets.Count}.bin", bytes);
        var dataset = new Dictionary<string, object?>
        {
            ["path"] = path,
            ["dtype"] = DTypeOf(array.ElementType),
            ["shape"] = array.Shape.ToArray(),
            ["bytes"] = $"{_datasets.Count}.bin",
        };
        foreach ((string key, object? value) in more)
            dataset.Add(key, value);
        _datasets.Add(dataset);
    }

    public void Check(string file)
    {
        string json = folder.PathOf("expected.json");
        File.WriteAllText(json, JsonSerializer.Serialize(new { datasets = _datasets, groups = Groups, userblock = UserBlock }));
        string missing = Python.Run("writing.py", "check", file, json);
        if (missing.Length > 0)
            Python.Missing(missing);
    }

    public static byte[] BytesOf<T>(ChunkedArray<T> array)
        where T : unmanaged
    {
        if (array.Length == 0)
            return [];
        var elements = new T[array.Length];
        array.Compute().FlattenTo(elements);
        return MemoryMarshal.AsBytes(elements.AsSpan()).ToArray();
    }

    public static string DTypeOf(ElementType type) => type switch
    {
        ElementType.Boolean => "bool",
        ElementType.SByte => "i1",
        ElementType.Byte => "u1",
        _ => $"<{(type.IsFloatingPoint ? 'f' : type.IsUnsigned ? 'u' : 'i')}{type.Size}",
    };
}
