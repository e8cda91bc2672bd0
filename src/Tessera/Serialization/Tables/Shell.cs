using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>An immutable object that others refer to before its contents are known.</summary>
internal static class Shell
{
    /// <summary>A new object with the fields of another.</summary>
    public static object Of(object like, FieldInfo[] fields)
    {
        object shell = RuntimeHelpers.GetUninitializedObject(like.GetType());
        Fill(shell, like, fields);
        return shell;
    }

    public static void Fill(object shell, object from, FieldInfo[] fields)
    {
        foreach (FieldInfo field in fields)
            field.SetValue(shell, field.GetValue(from));
    }
}
