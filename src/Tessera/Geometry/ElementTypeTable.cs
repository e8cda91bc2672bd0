using System.Numerics;

namespace Tessera;

/// <summary>Something to be done for an element type, as code over its .NET type.</summary>
internal interface IElementWork<out TResult>
{
    /// <summary>For <see cref="bool"/>, whose elements are bytes.</summary>
    TResult Boolean();

    /// <summary>For an integer.</summary>
    TResult Integer<T>()
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;

    /// <summary>For floating point.</summary>
    TResult FloatingPoint<T>()
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>;
}

/// <summary>
/// All that is known of element types. One more of them is a member of <see cref="ElementType"/>, a row here and a line in
/// <see cref="Do{TWork, TResult}"/>, the one place where an element type becomes a .NET type.
/// </summary>
internal static class ElementTypeTable
{
    private static readonly ElementTypeRow[] Rows =
    [
        new(ElementType.Boolean, typeof(bool), "bool", 1, ElementKind.Boolean) { Lanes = ElementType.Byte },
        new(ElementType.SByte, typeof(sbyte), "sbyte", 1, ElementKind.Signed),
        new(ElementType.Byte, typeof(byte), "byte", 1, ElementKind.Unsigned),
        new(ElementType.Int16, typeof(short), "short", 2, ElementKind.Signed),
        new(ElementType.UInt16, typeof(ushort), "ushort", 2, ElementKind.Unsigned),
        new(ElementType.Int32, typeof(int), "int", 4, ElementKind.Signed),
        new(ElementType.UInt32, typeof(uint), "uint", 4, ElementKind.Unsigned),
        new(ElementType.Int64, typeof(long), "long", 8, ElementKind.Signed),
        new(ElementType.UInt64, typeof(ulong), "ulong", 8, ElementKind.Unsigned),
        new(ElementType.Single, typeof(float), "float", 4, ElementKind.FloatingPoint),
        new(ElementType.Double, typeof(double), "double", 8, ElementKind.FloatingPoint),
        new(ElementType.Half, typeof(Half), "Half", 2, ElementKind.FloatingPoint) { Lanes = ElementType.UInt16, ComputedAs = ElementType.Single },
    ];

    /// <summary>All rows, in the order of the enumeration.</summary>
    public static IReadOnlyList<ElementTypeRow> All => Rows;

    /// <summary>What is known of a type.</summary>
    public static ElementTypeRow Of(ElementType type) => (int)type < Rows.Length ? Rows[(int)type] : throw Unknown(type);

    /// <summary>The element type of a .NET type; null where there is none.</summary>
    public static ElementType? Find(Type clrType) => Array.Find(Rows, row => row.ClrType == clrType)?.Type;

    /// <summary>The integer of a size and sign.</summary>
    public static ElementType Integer(int size, bool isUnsigned)
    {
        ElementKind kind = isUnsigned ? ElementKind.Unsigned : ElementKind.Signed;
        return Array.Find(Rows, row => row.Size == size && row.Kind == kind)?.Type
            ?? throw new NotSupportedException($"There is no integer of {size} bytes.");
    }

    /// <summary>Does something for the .NET type of an element type.</summary>
    public static TResult Do<TWork, TResult>(ElementType type, TWork work)
        where TWork : struct, IElementWork<TResult> => type switch
        {
            ElementType.Boolean => work.Boolean(),
            ElementType.SByte => work.Integer<sbyte>(),
            ElementType.Byte => work.Integer<byte>(),
            ElementType.Int16 => work.Integer<short>(),
            ElementType.UInt16 => work.Integer<ushort>(),
            ElementType.Int32 => work.Integer<int>(),
            ElementType.UInt32 => work.Integer<uint>(),
            ElementType.Int64 => work.Integer<long>(),
            ElementType.UInt64 => work.Integer<ulong>(),
            ElementType.Single => work.FloatingPoint<float>(),
            ElementType.Double => work.FloatingPoint<double>(),
            ElementType.Half => work.FloatingPoint<Half>(),
            _ => throw Unknown(type),
        };

    private static NotSupportedException Unknown(ElementType type) => new($"There is no element type number {(int)type}. Use a member of {nameof(ElementType)}.");
}
