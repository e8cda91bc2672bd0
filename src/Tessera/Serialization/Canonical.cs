using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;

namespace Tessera.Serialization;

/// <summary>Writes a struct that refers to nothing by its fields, so that equal ones have equal bytes.</summary>
internal static class Canonical
{
    public static void Write(MessageWriter writer, Type type, object? value)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            writer.WriteRaw(value is not null);
            if (value is not null)
                Write(writer, underlying, value);
        }
        else if (type.IsEnum)
        {
            Write(writer, Enum.GetUnderlyingType(type), Convert.ChangeType(value, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture));
        }
        else if (type.IsPrimitive)
        {
            writer.WriteRaw(BitsOf(value!));
        }
        else if (HasMoreThanFields(type))
        {
            throw new SerializationException($"A value of type {type} has parts that its fields don't tell of.");
        }
        else
        {
            foreach (FieldInfo field in Slots.FieldsOf(type))
                Write(writer, field.FieldType, field.GetValue(value));
        }
    }

    /// <summary>True for arrays within structs, and for structs that are larger than their fields, where anything may lie; .NET's own do so for their place in memory alone.</summary>
    private static bool HasMoreThanFields(Type type) =>
        type.IsDefined(typeof(InlineArrayAttribute), false) || type.IsDefined(typeof(UnsafeValueTypeAttribute), false) ||
        (type.StructLayoutAttribute is { Size: > 0 } && type.Assembly != typeof(object).Assembly);

    private static long BitsOf(object value) => value switch
    {
        bool truth => truth ? 1 : 0,
        char letter => letter,
        float number => BitConverter.SingleToInt32Bits(number),
        double number => BitConverter.DoubleToInt64Bits(number),
        ulong number => unchecked((long)number),
        nint number => number,
        nuint number => unchecked((long)number),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };
}
