using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>A small value with a name that is attached to a group or a dataset.</summary>
public sealed class Hdf5Attribute
{
    private readonly FileStructure _structure;
    private readonly string _path;
    private readonly AttributeMessage _message;

    internal Hdf5Attribute(FileStructure structure, string path, AttributeMessage message) => (_structure, _path, _message) = (structure, path, message);

    /// <summary>Its name. One that isn't UTF-8 comes as Latin-1; see <see cref="Hdf5Link"/>, of which the same is true.</summary>
    public string Name => _message.Name.Text;

    /// <summary>The name's bytes in the file.</summary>
    public byte[] NameBytes() => _message.Name.Bytes;

    /// <summary>What it is made of.</summary>
    public Hdf5Type Type => _message.Type;

    /// <summary>Its sizes; rank 0 is a single value. Null for an empty attribute, which has a type and nothing else.</summary>
    public Shape? Shape => _message.Space.Shape;

    /// <summary>
    /// Its value as .NET has it: numbers by their <see cref="Hdf5Type.ElementType"/>, <see cref="bool"/>, <see cref="string"/>, an enum's number, opaque as
    /// bytes, a reference as the <see cref="Hdf5Reference"/> it is; of a rank above 0 an array of those; null where it is empty. Arrays in elements are
    /// further axes. A compound is a dictionary (<c>IReadOnlyDictionary&lt;string, object?&gt;</c>) by the names of its members, each with what all
    /// elements have of that member. Texts are UTF-8, or Latin-1 if their bytes aren't UTF-8; <c>Read&lt;byte[]&gt;()</c> gives the bytes.
    /// </summary>
    /// <exception cref="InvalidDataException">The value is damaged.</exception>
    /// <exception cref="NotSupportedException">A number of a size that .NET doesn't have.</exception>
    public object? Value => ValueOf(asBytes: false);

    /// <summary>
    /// The value as a type of the caller's: <c>Read&lt;double&gt;()</c>, <c>Read&lt;string&gt;()</c>, <c>Read&lt;float[]&gt;()</c>. Numbers are converted where that loses
    /// nothing; an array of one element is also a single value. A text as <c>byte[]</c>, and texts as <c>byte[][]</c>, are their bytes in the file.
    /// </summary>
    /// <exception cref="InvalidCastException">It is something else; says what.</exception>
    public T Read<T>() => ValueConversion.To<T>(ValueOf(FileText.IsBytes<T>()), $"the attribute '{Name}' of '{_path}' in '{_structure.File.Name}'", Type, Shape);

    /// <summary>Name and value.</summary>
    public override string ToString() => $"{Name} = {ValueConversion.Text(Value)}";

    internal bool IsLatin1 => _message.Name.IsLatin1;

    private object? ValueOf(bool asBytes) => Damage.In(
        _path, () => Shape is { } shape ? new ValueReader(_structure, asBytes).Read(Type, shape, _message.Data) : null);
}
