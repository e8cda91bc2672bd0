using System.Diagnostics.CodeAnalysis;
using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>The attributes of a group or a dataset, by name.</summary>
/// <example><code>
/// double seconds = file["/Control/Experiment 1"].Attributes["exposure"].Read&lt;double&gt;();
/// </code></example>
public sealed class Hdf5Attributes : IReadOnlyDictionary<string, Hdf5Attribute>
{
    private readonly Dictionary<string, Hdf5Attribute> _byName = [];
    private readonly string _path;
    private readonly string _file;

    internal Hdf5Attributes(FileStructure structure, string path, IEnumerable<AttributeMessage> messages)
    {
        (_path, _file) = (path, structure.File.Name);
        foreach (AttributeMessage message in messages)
            _byName.TryAdd(message.Name.Text, new Hdf5Attribute(structure, path, message));
    }

    /// <inheritdoc/>
    public int Count => _byName.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _byName.Keys;

    /// <inheritdoc/>
    public IEnumerable<Hdf5Attribute> Values => _byName.Values;

    /// <summary>The attribute of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; says which there are.</exception>
    public Hdf5Attribute this[string name] => TryGetValue(name, out Hdf5Attribute? attribute)
        ? attribute
        : throw new KeyNotFoundException(
            $"'{_path}' in '{_file}' has no attribute '{name}' but {(Count == 0 ? "none at all" : string.Join(", ", Keys.Select(key => $"'{key}'")))}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Hdf5Attribute value) =>
        FileName.TryFind(_byName, key, attribute => attribute.IsLatin1, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Hdf5Attribute>> GetEnumerator() => _byName.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
