using System.Collections.Concurrent;
using System.Reflection;

namespace Tessera.Storage;

/// <summary>
/// Finds forms that were written and that nobody would ask for: a member of a class implements one with a default only if it has exactly its type, and
/// <c>public ITravelForm&lt;Mine&gt; TravelForm</c> hasn't.
/// </summary>
internal static class TravelForms
{
    private const string Name = nameof(IBlockSource.TravelForm);

    private static readonly ConcurrentDictionary<Type, Type?> Unasked = new();

    /// <exception cref="ArgumentException">The source has such a form.</exception>
    public static void Check(IBlockSource source)
    {
        if (Unasked.GetOrAdd(source.GetType(), FindUnasked) is { } form)
        {
            throw new ArgumentException(
                $"{source.GetType().Name} has a {Name} that doesn't implement that of {nameof(IBlockSource)}, so that nobody would ask for it: its type is {form}. Make it {nameof(ITravelForm<>)}<{nameof(IBlockSource)}>, and let the class that has it name the interface.",
                nameof(source));
        }
    }

    private static Type? FindUnasked(Type type) => HasDefault(type, typeof(IBlockSource)) && HasDefault(type, typeof(ITravels))
        ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(property => property.Name == Name && typeof(ITravelForm<object>).IsAssignableFrom(property.PropertyType))?.PropertyType
        : null;

    private static bool HasDefault(Type type, Type contract)
    {
        InterfaceMapping map = type.GetInterfaceMap(contract);
        int form = Array.FindIndex(map.InterfaceMethods, method => method.Name == "get_" + Name);
        return map.TargetMethods[form]?.DeclaringType is not { } declaring || declaring == typeof(IBlockSource) || declaring == typeof(ITravels);
    }
}
