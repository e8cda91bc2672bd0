namespace Tessera;

/// <summary>What the arithmetic of an element type is like.</summary>
internal enum ElementKind : byte { Boolean, Signed, Unsigned, FloatingPoint }

/// <summary>One row of the table of element types.</summary>
/// <param name="type">The type.</param>
/// <param name="clrType">The .NET type of an element.</param>
/// <param name="name">As C# writes it.</param>
/// <param name="size">Bytes of an element: 1, 2, 4 or 8.</param>
/// <param name="kind">Its family.</param>
/// <param name="lanes">The type whose vectors hold rows of this one; left out, there are vectors of the type itself.</param>
/// <param name="computedAs">The type that operands are widened to: a kernel computes in it, and rounds each result back once. Left out, the type itself.</param>
internal sealed class ElementTypeRow(
    ElementType type, Type clrType, string name, int size, ElementKind kind, ElementType? lanes = null, ElementType? computedAs = null)
{
    public ElementType Type { get; } = type;

    public Type ClrType { get; } = clrType;

    public string Name { get; } = name;

    public int Size { get; } = size;

    public ElementKind Kind { get; } = kind;

    public ElementType Lanes { get; } = lanes ?? type;

    public ElementType ComputedAs { get; } = computedAs ?? type;

    /// <summary>Of sums and products: 64 bits for whole numbers, the type itself for floating point, as in NumPy.</summary>
    public ElementType SumType => Kind switch
    {
        ElementKind.Boolean or ElementKind.Signed => ElementType.Int64,
        ElementKind.Unsigned => ElementType.UInt64,
        ElementKind.FloatingPoint => Type,
        _ => throw new NotSupportedException($"Nothing is known of the kind {Kind}; give it a sum."),
    };

    /// <summary>In what sums, products and means are accumulated.</summary>
    public ElementType AccumulatorType => Kind == ElementKind.FloatingPoint ? ElementType.Double : SumType;
}
