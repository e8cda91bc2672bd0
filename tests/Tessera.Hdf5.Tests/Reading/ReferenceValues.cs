using System.Text.Json;

[assembly: AssemblyFixture(typeof(Tessera.Hdf5Format.Tests.ReferenceValues))]

namespace Tessera.Hdf5Format.Tests;

/// <summary>Files with attributes, links and datasets of other types that the reference library writes, made once for the whole run.</summary>
public sealed class ReferenceValues : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Lazy<Case[]> _cases;

    public ReferenceValues() => _cases = new Lazy<Case[]>(() =>
    {
        Python.Run("reading.py", "values", _folder.Path);
        return JsonSerializer.Deserialize<Case[]>(File.ReadAllText(_folder.PathOf("values.json")))!;
    });

    /// <summary>A value in canonical text, of an attribute or, where that is null, of a dataset.</summary>
    public sealed record Case(string File, string Path, string? Attribute, string Value);

    public IReadOnlyList<Case> Cases
    {
        get
        {
            Python.Require();
            return _cases.Value;
        }
    }

    public Hdf5File Open(string file)
    {
        _ = Cases;
        return Hdf5File.Open(_folder.PathOf(file));
    }

    public string PathOf(string file)
    {
        _ = Cases;
        return _folder.PathOf(file);
    }

    public void Dispose() => _folder.Dispose();
}
