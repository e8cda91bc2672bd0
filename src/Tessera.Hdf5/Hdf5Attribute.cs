using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>A small value with a name that is attached to a group or a dataset.</summary>
public sealed class Hdf5Attribute
{
    private readonly FileStructure _structure;
    private readonly string _path;
    private readonly AttributeMessage _message;

    internal Hdf5Attribute(FileStructure structure, string path, AttributeMessage message) => (_structure, _path, _message) = (structure, path, message);

    /// <summary>Its name.</summary>
    public string Name => _message.Name;

    /// <summary>What it is made of.</summary>
    public Hdf5Type Type => _message.Type;

    /// <summary>Its sizes; rank 0 is a single value. Null for an empty attribute, which has a type and nothing else.</summary>
    public Shape? Shape => _message.Space.Shape;

    /// <summary>
    /// Its value as .NET has it: numbers by their <see cref="Hdf5Type.ElementType"/>, <see cref="bool"/>, <see cref="string"/>, an enum's number, a compound
    /// as a dictionary by the names of its members, opaque as bytes, a reference as the <see cref="Hdf5Reference"/> it is; of a rank above 0 an array of those;
    /// null where it is empty.
    /// </summary>
    /// <exception cref="InvalidDataException">The value is damaged.</exception>
    /// <exception cref="NotSupportedException">A number of a size that .NET doesn't have.</exception>
    public object? Value => Damage.In(
        _path, () => Shape is { } shape ? new ValueReader(_structure).Read(Type, shape, _message.Data) : null);

    /// <summary>
    /// The value as a type of the caller's: <c>Read&lt;double&gt;()</c>, <c>Read&lt;string&gt;()</c>, <c>Read&lt;float[]&gt;()</c>. Numbers are converted where that loses
    /// nothing; an array of one element is also a single value.
    /// </summary>
    /// <exception cref="InvalidCastException">It is something else; says what.</exception>
    public T Read<T>() => ValueConversion.To<T>(Value, $"the attribute '{Name}' of '{_path}' in '{_structure.File.Name}'", Type, Shape);

    /// <summary>Name and value.</summary>
    public override string ToString() => $"{Name} = {ValueConversion.Text(Value)}";
}
