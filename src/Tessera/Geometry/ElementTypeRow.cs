namespace Tessera;

/// <summary>What the arithmetic of an element type is like.</summary>
internal enum ElementKind : byte { Boolean, Signed, Unsigned, FloatingPoint }

/// <summary>One row of the table of element types.</summary>
/// <param name="Type">The type.</param>
/// <param name="ClrType">The .NET type of an element.</param>
/// <param name="Name">As C# writes it.</param>
/// <param name="Size">Bytes of an element: 1, 2, 4 or 8.</param>
/// <param name="Kind">Its family.</param>
internal sealed record ElementTypeRow(ElementType Type, Type ClrType, string Name, int Size, ElementKind Kind)
{
    /// <summary>The type whose vectors hold rows of this one, where the machine has no vectors of its own for it.</summary>
    public ElementType Lanes { get; init; } = Type;

    /// <summary>The type that operands are widened to: a kernel computes in it, and rounds each result back once.</summary>
    public ElementType ComputedAs { get; init; } = Type;

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
