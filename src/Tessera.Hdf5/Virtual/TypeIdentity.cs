namespace Tessera.Hdf5Format;

/// <summary>What decides whether elements of two types have the same bytes.</summary>
internal static class TypeIdentity
{
    /// <summary>A text that is the same for types of the same bytes.</summary>
    public static string Of(Hdf5Type type)
    {
        string own = $"{type.Kind} {type.Size} {type.IsBigEndian} {type.IsSigned} {type.IsVariableLength} {type.IsVaxOrder} {type.IsObjectReference} {type.Bits} {type.Dimensions}";
        string members = string.Join(", ", type.Members.Select(member => $"{member.Name} {member.Offset} {Of(member.Type)}"));
        string names = string.Join(", ", type.Names.Select(name => $"{name.Key} {name.Value}"));
        return $"({own} [{members}] [{names}] {(type.ElementsType is { } elements ? Of(elements) : "")})";
    }

    /// <summary>Whether elements refer to what lies elsewhere in their file, and mean nothing in another one.</summary>
    public static bool RefersToItsFile(Hdf5Type type) =>
        type.IsVariableLength || type.Kind is Hdf5TypeKind.Sequence or Hdf5TypeKind.Reference
        || type.Members.Any(member => RefersToItsFile(member.Type)) || (type.ElementsType is { } elements && RefersToItsFile(elements));
}
