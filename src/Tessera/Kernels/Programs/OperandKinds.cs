namespace Tessera.Kernels;

/// <summary>Element types that an operation takes.</summary>
[Flags]
internal enum OperandKinds
{
    None = 0,
    Booleans = 1,
    Integers = 2,
    FloatingPoint = 4,
    Numbers = Integers | FloatingPoint,
    Bits = Booleans | Integers,
    Any = Booleans | Numbers,
}

/// <summary>The kind of an element type among those that an operation takes.</summary>
internal static class OperandKind
{
    public static OperandKinds Of(ElementType type) => type.Kind switch
    {
        ElementKind.Boolean => OperandKinds.Booleans,
        ElementKind.Signed or ElementKind.Unsigned => OperandKinds.Integers,
        ElementKind.FloatingPoint => OperandKinds.FloatingPoint,
        _ => throw new NotSupportedException($"No operation takes elements of the kind {type.Kind}."),
    };
}
