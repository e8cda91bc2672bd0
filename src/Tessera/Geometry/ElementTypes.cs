namespace Tessera;

/// <summary>What is known of each <see cref="ElementType"/>: its size, its .NET type, its family.</summary>
public static class ElementTypes
{
    /// <summary>The element type of a .NET type.</summary>
    /// <exception cref="NotSupportedException">Arrays of <typeparamref name="T"/> don't exist in Tessera.</exception>
    public static ElementType Of<T>() => Of(typeof(T));

    /// <summary>The element type of a .NET type.</summary>
    /// <exception cref="NotSupportedException">Arrays of <paramref name="type"/> don't exist in Tessera.</exception>
    public static ElementType Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsEnum ? throw NoElement(type) : Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => ElementType.Boolean,
            TypeCode.SByte => ElementType.SByte,
            TypeCode.Byte => ElementType.Byte,
            TypeCode.Int16 => ElementType.Int16,
            TypeCode.UInt16 => ElementType.UInt16,
            TypeCode.Int32 => ElementType.Int32,
            TypeCode.UInt32 => ElementType.UInt32,
            TypeCode.Int64 => ElementType.Int64,
            TypeCode.UInt64 => ElementType.UInt64,
            TypeCode.Single => ElementType.Single,
            TypeCode.Double => ElementType.Double,
            _ => throw NoElement(type),
        };
    }

    extension(ElementType type)
    {
        /// <summary>Bytes of one element.</summary>
        public int Size => type switch
        {
            ElementType.Boolean or ElementType.SByte or ElementType.Byte => 1,
            ElementType.Int16 or ElementType.UInt16 => 2,
            ElementType.Int32 or ElementType.UInt32 or ElementType.Single => 4,
            _ => 8,
        };

        /// <summary>The C# keyword: "byte", "ushort", "double", …</summary>
        public string Name => type switch
        {
            ElementType.Boolean => "bool",
            ElementType.Int16 => "short",
            ElementType.UInt16 => "ushort",
            ElementType.Int32 => "int",
            ElementType.UInt32 => "uint",
            ElementType.Int64 => "long",
            ElementType.UInt64 => "ulong",
            ElementType.Single => "float",
            _ => type.ToString().ToLowerInvariant(),
        };

        /// <summary>The .NET type of an element.</summary>
        public Type ClrType => type switch
        {
            ElementType.Boolean => typeof(bool),
            ElementType.SByte => typeof(sbyte),
            ElementType.Byte => typeof(byte),
            ElementType.Int16 => typeof(short),
            ElementType.UInt16 => typeof(ushort),
            ElementType.Int32 => typeof(int),
            ElementType.UInt32 => typeof(uint),
            ElementType.Int64 => typeof(long),
            ElementType.UInt64 => typeof(ulong),
            ElementType.Single => typeof(float),
            _ => typeof(double),
        };

        /// <summary>True for <see cref="float"/> and <see cref="double"/>.</summary>
        public bool IsFloatingPoint => type is ElementType.Single or ElementType.Double;

        /// <summary>True for the unsigned integers; false for <see cref="bool"/>.</summary>
        public bool IsUnsigned => type is ElementType.Byte or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64;

        /// <summary>True for the signed and the unsigned integers; false for <see cref="bool"/>.</summary>
        public bool IsInteger => type is > ElementType.Boolean and < ElementType.Single;
    }

    private static NotSupportedException NoElement(Type type) => new(
        $"An array of {type.Name} was asked for. Element types are {string.Join(", ", Enum.GetValues<ElementType>().Select(element => element.Name))}. " +
        "Convert the data to one of these, or keep the fields of a structure in one array each.");
}
