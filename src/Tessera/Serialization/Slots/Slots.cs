using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>Chooses the slot of each type.</summary>
internal static class Slots
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static Slot For(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer || type.IsByRef || type.IsByRefLike)
            return new RefusedSlot(type, Refusals.Pointer);
        if (!type.IsValueType)
            return Make(typeof(ReferenceSlot<>), type);
        if (Refusals.OfStruct(type) is { } refusal)
            return Make(typeof(RefusedSlot<>), [type], refusal);
        if (IsRaw(type))
            return Make(typeof(RawSlot<>), type);
        if (type == typeof(CancellationToken))
            return new CancellationSlot();
        if (type.IsDefined(typeof(InlineArrayAttribute), false))
            return Make(typeof(InlineArraySlot<,>), type, FieldsOf(type)[0].FieldType);
        if (type.IsGenericType)
        {
            Type definition = type.GetGenericTypeDefinition();
            if (definition == typeof(Nullable<>))
                return Make(typeof(NullableSlot<>), type.GetGenericArguments());
            if (definition == typeof(Memory<>))
                return Make(typeof(MemorySlot<>), type.GetGenericArguments());
            if (definition == typeof(ReadOnlyMemory<>))
                return Make(typeof(ReadOnlyMemorySlot<>), type.GetGenericArguments());
        }
        return Make(typeof(StructSlot<>), type);
    }

    /// <summary>True where a value refers to nothing and has no address or handle of this process in it.</summary>
    public static bool IsRaw(Type type)
    {
        if (type.IsPrimitive)
            return type != typeof(nint) && type != typeof(nuint);
        if (type.IsEnum)
            return true;
        if (!type.IsValueType || Refusals.OfStruct(type) is not null)
            return false;
        if (type == typeof(System.Buffers.NIndex) || type == typeof(System.Buffers.NRange))
            return true; // numbers, though as wide as addresses
        foreach (FieldInfo field in FieldsOf(type))
        {
            if (!Field.Travels(field) || field.FieldType == type || !IsRaw(field.FieldType))
                return false;
        }
        return true;
    }

    /// <summary>The fields that a type declares, in an order that is the same in every process.</summary>
    public static FieldInfo[] FieldsOf(Type type)
    {
        FieldInfo[] fields = type.GetFields(Fields);
        Array.Sort(fields, static (a, b) => a.MetadataToken.CompareTo(b.MetadataToken));
        return fields;
    }

    private static Slot Make(Type generic, params Type[] arguments) => (Slot)Activator.CreateInstance(generic.MakeGenericType(arguments))!;

    private static Slot Make(Type generic, Type[] arguments, Refusal refusal) =>
        (Slot)Activator.CreateInstance(generic.MakeGenericType(arguments), refusal)!;
}
