using System.Collections.Concurrent;
using System.Reflection;

namespace Tessera.Serialization;

/// <summary>
/// The captured variables that a function may touch. The compiler keeps all variables of a scope that any lambda captures in one closure
/// object, so a function has others' variables at hand too: large ones, and ones that can't travel.
/// </summary>
internal sealed class UsedVariables
{
    /// <summary>Whatever the closure holds: what can't be shown to be unused travels.</summary>
    public static readonly UsedVariables All = new(null, null);

    private static readonly ConcurrentDictionary<MethodInfo, UsedVariables> Known = [];

    private readonly int[]? _fields;
    private readonly Module? _module;

    private UsedVariables(Module? module, int[]? fields) => (_module, _fields) = (module, fields);

    public static UsedVariables Of(MethodInfo method) =>
        Known.TryGetValue(method, out UsedVariables? used) ? used : Known.GetOrAdd(method, Find(method));

    public bool Has(FieldInfo field) => _fields is null || _fields.AsSpan().Contains(field.MetadataToken) && field.Module == _module;

    private static UsedVariables Find(MethodInfo method)
    {
        if (method.DeclaringType is not { } type || !MemberName.HoldsVariables(type))
            return All;
        try
        {
            return ClosureUse.Of(method) is { } fields ? new UsedVariables(method.Module, fields) : All;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return All; // code that can't be looked into, such as a call into an assembly that isn't there
        }
    }
}
