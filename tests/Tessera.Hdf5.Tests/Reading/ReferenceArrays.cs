using System.Text.Json;

[assembly: AssemblyFixture(typeof(Tessera.Hdf5Format.Tests.ReferenceArrays))]

namespace Tessera.Hdf5Format.Tests;

/// <summary>Files with datasets of numbers that the reference library writes, made once for the whole run, and their elements as it reads them.</summary>
public sealed class ReferenceArrays : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Lazy<(Case[] Cases, byte[] Elements)> _made;

    public ReferenceArrays() => _made = new Lazy<(Case[] Cases, byte[] Elements)>(() =>
    {
        Python.Run("reading.py", "arrays", _folder.Path);
        return (JsonSerializer.Deserialize<Case[]>(File.ReadAllText(PathOf("cases.json")))!, File.ReadAllBytes(PathOf("elements.bin")));
    });

    /// <summary>A dataset; its elements begin at a byte of the common file.</summary>
    public sealed record Case(string File, string Path, string Type, long[] Shape, int Offset, string Layout)
    {
        private const int Boxed = 5;

        public override string ToString() => $"{File}:{Path} ({Type} of {string.Join('×', Shape)})";

        /// <summary>How a dataset differs from what the reference library says, as a whole or in random boxes; null where it doesn't.</summary>
        public string? Difference(Hdf5Dataset dataset, Func<int, byte[]> elementsOf, Random random)
        {
            IBlockSource source = dataset.Source();
            byte[] expected = elementsOf(source.ElementType.Size);
            if (source.ElementType.Name != Type || source.Shape != Tessera.Shape.Create(Shape))
                return $"is {source.ElementType.Name} of {source.Shape}";
            if (!dataset.Layout.ToString().Equals(Layout, StringComparison.OrdinalIgnoreCase))
                return $"is {dataset.Layout}";
            byte[] found = source.ReadAll();
            if (!found.AsSpan().SequenceEqual(expected))
                return $"elements differ, first at byte {found.AsSpan().CommonPrefixLength(expected)}";

            for (int i = 0; i < Boxed; i++)
            {
                Region region = Boxes.Random(random, source.Shape);
                if (!source.Read(region).AsSpan().SequenceEqual(Boxes.Slice(expected, source.Shape, region, source.ElementType.Size)))
                    return $"elements of {region} differ";
            }

            return null;
        }
    }

    public IReadOnlyList<Case> Cases
    {
        get
        {
            Python.Require();
            return _made.Value.Cases;
        }
    }

    public string PathOf(string file) => _folder.PathOf(file);

    public byte[] Expected(Case one, int elementSize) =>
        _made.Value.Elements.AsSpan(one.Offset, (int)Shape.Create(one.Shape).Length * elementSize).ToArray();

    public void Dispose() => _folder.Dispose();
}
