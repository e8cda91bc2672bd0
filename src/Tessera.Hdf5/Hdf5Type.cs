using Tessera.Hdf5Format;

namespace Tessera;

/// <summary>The type of a dataset's elements, or of an attribute, as the file states it.</summary>
public sealed class Hdf5Type
{
    private readonly Lazy<NumberFormat?> _format;

    internal Hdf5Type(Hdf5TypeKind kind, int size)
    {
        (Kind, Size) = (kind, size);
        _format = new(() => NumberFormat.Of(this), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What kind of values these are.</summary>
    public Hdf5TypeKind Kind { get; }

    /// <summary>Bytes of an element in the file.</summary>
    public int Size { get; }

    /// <summary>True where the first byte of a number is its highest.</summary>
    public bool IsBigEndian { get; internal init; }

    /// <summary>Integers only: true where they may be negative.</summary>
    public bool IsSigned { get; internal init; }

    /// <summary>Strings only: true where the length differs from element to element.</summary>
    public bool IsVariableLength { get; internal init; }

    /// <summary>The type of the elements inside: of an enum, a sequence or an array. Null for the other kinds.</summary>
    public Hdf5Type? ElementsType { get; internal init; }

    /// <summary>Arrays only: the sizes of the array in each element.</summary>
    public Shape? Dimensions { get; internal init; }

    /// <summary>Compounds only: the values in each element, in the order of the file.</summary>
    public IReadOnlyList<Hdf5Member> Members { get; internal init; } = [];

    /// <summary>Enums only: the names and what they stand for. Names that aren't UTF-8 come as Latin-1; see <see cref="Hdf5Link"/>, of which the same is true.</summary>
    public IReadOnlyDictionary<string, long> Names { get; internal init; } = new Dictionary<string, long>();

    /// <summary>Enums only: those of the names that aren't UTF-8 in the file.</summary>
    internal IReadOnlyCollection<string> Latin1Names { get; init; } = [];

    /// <summary>Opaque only: what the bytes are, in words.</summary>
    public string? Tag { get; internal init; }

    /// <summary>
    /// The type of an array over such elements; null where they aren't numbers, or arrays of numbers, which become further axes. Integers and enums
    /// keep their size (3 bytes become 4), bitfields are unsigned, the enum of FALSE and TRUE that h5py writes is <see cref="ElementType.Boolean"/>, and
    /// floating-point numbers that .NET doesn't have (bfloat16, 80 bits) are <see cref="ElementType.Single"/>, or <see cref="ElementType.Double"/> where
    /// these don't hold them.
    /// </summary>
    public ElementType? ElementType => Format?.ElementType ?? (Kind == Hdf5TypeKind.Array ? ElementsType!.ElementType : null);

    /// <summary>Enums only: the bytes in the file of one of the <see cref="Names"/>.</summary>
    /// <exception cref="KeyNotFoundException">No value has that name.</exception>
    public byte[] NameBytes(string name) => Names.ContainsKey(name)
        ? new FileName(name, Latin1Names.Contains(name)).Bytes
        : throw new KeyNotFoundException($"'{name}' is no name of {this}.");

    /// <summary>Compounds only: the member of a name, which may be in its exact spelling; null if there is none.</summary>
    internal Hdf5Member? Find(string name) => FileName.HasEscapes(name)
        ? Members.FirstOrDefault(member => member.NameBytes().AsSpan().SequenceEqual(FileName.BytesOf(name)))
        : Members.FirstOrDefault(member => member.Name == name);

    /// <summary>Numbers only: how they become elements; null of the other kinds.</summary>
    internal NumberFormat? Format => _format.Value;

    /// <summary>Numbers only: where their bits lie.</summary>
    internal NumberBits Bits { get; init; }

    /// <summary>Floating-point numbers only: pairs of bytes are turned around, as VAX computers had it; such numbers are listed, not read.</summary>
    internal bool IsVaxOrder { get; init; }

    /// <summary>Strings only: filled up with spaces instead of zeros.</summary>
    internal bool IsSpacePadded { get; init; }

    /// <summary>References only: leads to an object, not to a part of a dataset.</summary>
    internal bool IsObjectReference { get; init; }

    /// <summary>The type in words: <c>float32</c>, <c>int16, big-endian</c>, <c>string of 8 bytes</c>.</summary>
    public override string ToString() => Kind switch
    {
        Hdf5TypeKind.Integer => $"{(IsSigned ? "int" : "uint")}{8 * Size}{Order}",
        Hdf5TypeKind.Float => $"float{8 * Size}{(IsVaxOrder ? ", in the order of VAX" : Order)}",
        Hdf5TypeKind.Bitfield => $"bitfield{8 * Size}{Order}",
        Hdf5TypeKind.String => IsVariableLength ? "string" : $"string of {Size} bytes",
        Hdf5TypeKind.Opaque => $"{Size} bytes{(string.IsNullOrEmpty(Tag) ? "" : $" of {Tag}")}",
        Hdf5TypeKind.Compound => $"compound {{ {string.Join(", ", Members.Select(member => $"{member.Name}: {member.Type}"))} }}",
        Hdf5TypeKind.Enum => ElementType == Tessera.ElementType.Boolean ? "bool" : $"enum of {ElementsType} {{ {string.Join(", ", Names.Select(name => $"{name.Key} = {name.Value}"))} }}",
        Hdf5TypeKind.Sequence => $"sequence of {ElementsType}",
        Hdf5TypeKind.Array => $"array {Dimensions} of {ElementsType}",
        Hdf5TypeKind.Reference => IsObjectReference ? "reference to an object" : "reference to a region",
        _ => $"time of {Size} bytes",
    };

    private string Order => IsBigEndian && Size > 1 ? ", big-endian" : "";
}
