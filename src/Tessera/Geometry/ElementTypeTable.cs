using System.Numerics;

namespace Tessera;

/// <summary>Something to be done for an element type, as code over its .NET type.</summary>
internal interface IElementWork<TArgument, TResult>
{
    /// <summary>For <see cref="bool"/>, whose elements are bytes.</summary>
    static abstract TResult Boolean(TArgument argument);

    /// <summary>For an integer.</summary>
    static abstract TResult Integer<T>(TArgument argument)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;

    /// <summary>For floating point.</summary>
    static abstract TResult FloatingPoint<T>(TArgument argument)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>;
}

/// <summary>
/// All that is known of element types. One more of them is a member of <see cref="ElementType"/>, a row here and a line in
/// <see cref="Do{TWork, TArgument, TResult}"/>, the one place where an element type becomes a .NET type.
/// </summary>
internal static class ElementTypeTable
{
    private static readonly ElementTypeRow[] Rows =
    [
        new(ElementType.Boolean, typeof(bool), "bool", 1, ElementKind.Boolean, lanes: ElementType.Byte),
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
        new(ElementType.Half, typeof(Half), "Half", 2, ElementKind.FloatingPoint, lanes: ElementType.UInt16, computedAs: ElementType.Single),
    ];

    /// <summary>All rows, in the order of the enumeration.</summary>
    public static IReadOnlyList<ElementTypeRow> All => Rows;

    /// <summary>What is known of a type.</summary>
    public static ElementTypeRow Of(ElementType type) => (int)type < Rows.Length ? Rows[(int)type] : throw Unknown(type);

    /// <summary>The element type of a .NET type; null where there is none.</summary>
    public static ElementType? Find(Type clrType)
    {
        foreach (ElementTypeRow row in Rows)
        {
            if (row.ClrType == clrType)
                return row.Type;
        }

        return null;
    }

    /// <summary>The integer of a size and sign.</summary>
    public static ElementType Integer(int size, bool isUnsigned)
    {
        ElementKind kind = isUnsigned ? ElementKind.Unsigned : ElementKind.Signed;
        foreach (ElementTypeRow row in Rows)
        {
            if (row.Size == size && row.Kind == kind)
                return row.Type;
        }

        throw new NotSupportedException($"There is no integer of {size} bytes.");
    }

    /// <summary>Does something for the .NET type of an element type.</summary>
    public static TResult Do<TWork, TArgument, TResult>(ElementType type, TArgument argument)
        where TWork : IElementWork<TArgument, TResult> => type switch
        {
            ElementType.Boolean => TWork.Boolean(argument),
            ElementType.SByte => TWork.Integer<sbyte>(argument),
            ElementType.Byte => TWork.Integer<byte>(argument),
            ElementType.Int16 => TWork.Integer<short>(argument),
            ElementType.UInt16 => TWork.Integer<ushort>(argument),
            ElementType.Int32 => TWork.Integer<int>(argument),
            ElementType.UInt32 => TWork.Integer<uint>(argument),
            ElementType.Int64 => TWork.Integer<long>(argument),
            ElementType.UInt64 => TWork.Integer<ulong>(argument),
            ElementType.Single => TWork.FloatingPoint<float>(argument),
            ElementType.Double => TWork.FloatingPoint<double>(argument),
            ElementType.Half => TWork.FloatingPoint<Half>(argument),
            _ => throw Unknown(type),
        };

    private static NotSupportedException Unknown(ElementType type) => new($"There is no element type number {(int)type}. Use a member of {nameof(ElementType)}.");
}
