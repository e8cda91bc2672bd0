using System.Text.Json;

[assembly: AssemblyFixture(typeof(Tessera.Hdf5Format.Tests.ReferenceOthers))]

namespace Tessera.Hdf5Format.Tests;

/// <summary>Virtual datasets of every form that the reference library writes, made once for the whole run, and their elements as it reads them.</summary>
public sealed class ReferenceOthers : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Lazy<(ReferenceArrays.Case[] Cases, byte[] Elements)> _made;

    public ReferenceOthers() => _made = new Lazy<(ReferenceArrays.Case[] Cases, byte[] Elements)>(() =>
    {
        Python.Run("others.py", "virtual", Directory.CreateDirectory(PathOf("")).FullName);
        return (JsonSerializer.Deserialize<ReferenceArrays.Case[]>(File.ReadAllText(PathOf("cases.json")))!, File.ReadAllBytes(PathOf("elements.bin")));
    });

    public IReadOnlyList<ReferenceArrays.Case> Cases
    {
        get
        {
            Python.Require();
            return _made.Value.Cases;
        }
    }

    public string PathOf(string file) => Path.Combine(_folder.PathOf("run"), file);

    public byte[] Expected(ReferenceArrays.Case one, int elementSize) =>
        _made.Value.Elements.AsSpan(one.Offset, (int)Shape.Create(one.Shape).Length * elementSize).ToArray();

    public byte[] Expected(string path, int elementSize) => Expected(Cases.Single(one => one.File == "new-virtual.h5" && one.Path == path), elementSize);

    public void Dispose() => _folder.Dispose();
}
