using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>The names that people gave to what the compiler keeps in fields: captured variables, properties, parameters.</summary>
internal static class MemberName
{
    /// <summary>Empty where the field is the compiler's own and stands for nothing in the source.</summary>
    public static string Of(FieldInfo field)
    {
        string name = field.Name;
        if (name == "<>4__this")
            return "this";
        if (name.StartsWith("CS$<>", StringComparison.Ordinal))
            return ""; // the closure of an outer scope
        int end = name.IndexOf('>');
        return name.StartsWith('<') && end > 1 ? name[1..end] : name;
    }

    /// <summary>True for the class or struct that the compiler makes for the captured variables of one scope.</summary>
    public static bool HoldsVariables(Type type) =>
        type.Name.StartsWith("<>c__DisplayClass", StringComparison.Ordinal) && IsMadeByCompiler(type);

    /// <summary>True for what the compiler marks as its own, and for what is nested in that, which it doesn't mark.</summary>
    public static bool IsMadeByCompiler(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.DeclaringType is { } outer && IsMadeByCompiler(outer);

    public static bool IsClosure(Type type) =>
        type.Name.StartsWith("<>c", StringComparison.Ordinal) && type.IsDefined(typeof(CompilerGeneratedAttribute));
}
