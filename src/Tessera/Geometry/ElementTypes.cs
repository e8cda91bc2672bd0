namespace Tessera;

/// <summary>What is known of each <see cref="ElementType"/>: its size, its .NET type, its family.</summary>
public static class ElementTypes
{
    /// <summary>The element type of a .NET type.</summary>
    /// <exception cref="NotSupportedException">Arrays of <typeparamref name="T"/> don't exist in Tessera.</exception>
    public static ElementType Of<T>() => Known<T>.Type ?? throw NoElement(typeof(T));

    /// <summary>The element type of a .NET type.</summary>
    /// <exception cref="NotSupportedException">Arrays of <paramref name="type"/> don't exist in Tessera.</exception>
    public static ElementType Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return ElementTypeTable.Find(type) ?? throw NoElement(type);
    }

    extension(ElementType type)
    {
        /// <summary>Bytes of one element.</summary>
        public int Size => ElementTypeTable.Of(type).Size;

        /// <summary>As C# writes it: "byte", "ushort", "double", "Half", …</summary>
        public string Name => ElementTypeTable.Of(type).Name;

        /// <summary>The .NET type of an element.</summary>
        public Type ClrType => ElementTypeTable.Of(type).ClrType;

        /// <summary>True for <see cref="Half"/>, <see cref="float"/> and <see cref="double"/>.</summary>
        public bool IsFloatingPoint => ElementTypeTable.Of(type).Kind == ElementKind.FloatingPoint;

        /// <summary>True for the unsigned integers; false for <see cref="bool"/>.</summary>
        public bool IsUnsigned => ElementTypeTable.Of(type).Kind == ElementKind.Unsigned;

        /// <summary>True for the signed and the unsigned integers; false for <see cref="bool"/>.</summary>
        public bool IsInteger => ElementTypeTable.Of(type).Kind is ElementKind.Signed or ElementKind.Unsigned;

        internal ElementKind Kind => ElementTypeTable.Of(type).Kind;

        internal ElementType Lanes => ElementTypeTable.Of(type).Lanes;

        internal ElementType ComputedAs => ElementTypeTable.Of(type).ComputedAs;

        internal ElementType SumType => ElementTypeTable.Of(type).SumType;

        internal ElementType AccumulatorType => ElementTypeTable.Of(type).AccumulatorType;
    }

    private static NotSupportedException NoElement(Type type) => new(
        $"An array of {type.Name} was asked for. Element types are {string.Join(", ", ElementTypeTable.All.Select(row => row.Name))}. " +
        "Convert the data to one of these, or keep the fields of a structure in one array each.");

    /// <summary>Found once for each type.</summary>
    private static class Known<T>
    {
        public static readonly ElementType? Type = ElementTypeTable.Find(typeof(T));
    }
}
