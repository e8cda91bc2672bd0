using System.Collections.Concurrent;
using System.Reflection;

namespace Tessera.Serialization;

/// <summary>
/// Types whose objects nobody can change, so that several calls may be given the same one: texts, numbers, immutable collections of such, and whatever has
/// only read-only fields of such types. Of what isn't known, false.
/// </summary>
internal static class FixedTypes
{
    private static readonly ConcurrentDictionary<Type, bool> Known = [];

    /// <summary>True if no object of exactly this type can be changed; a boxed value can't, since each user takes a copy out of its box.</summary>
    public static bool Has(Type type) => Known.TryGetValue(type, out bool isFixed) ? isFixed : Known.GetOrAdd(type, IsFixed(type, []));

    /// <summary>True if what a variable of this type refers to can't be changed.</summary>
    public static bool HasAllOf(Type declared) => (declared.IsValueType || declared.IsSealed) && Has(declared);

    private static bool IsFixed(Type type, HashSet<Type> asked)
    {
        if (type == typeof(string) || typeof(MemberInfo).IsAssignableFrom(type))
            return true;
        if (type.IsPointer || type.IsArray || type.IsInterface || typeof(Delegate).IsAssignableFrom(type) || !asked.Add(type))
            return false;
        if (type.IsValueType && Slots.IsRaw(type))
            return true;
        if (type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen")
            return type.IsGenericType && type.DeclaringType is null && Array.TrueForAll(type.GetGenericArguments(), argument => IsFixedWhole(argument, asked));
        if (Refusals.IsOfPlatform(type))
            return type.IsValueType ? HasFixedFields(type, asked) : type.FullName is "System.Uri" or "System.Version" or "System.Text.RegularExpressions.Regex";
        for (Type? part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            if (!HasFixedFields(part, asked))
                return false;
        }

        return true;
    }

    private static bool HasFixedFields(Type type, HashSet<Type> asked) =>
        Array.TrueForAll(Slots.FieldsOf(type), field => (type.IsValueType || field.IsInitOnly) && IsFixedWhole(field.FieldType, asked));

    private static bool IsFixedWhole(Type declared, HashSet<Type> asked)
    {
        bool isFixed = (declared.IsValueType || declared.IsSealed) && IsFixed(declared, asked);
        asked.Remove(declared); // it is on the way only where it leads to itself
        return isFixed;
    }
}
