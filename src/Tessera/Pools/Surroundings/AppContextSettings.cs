using System.Reflection;

namespace Tessera.Pools;

/// <summary>
/// The switches and the data of <see cref="AppContext"/>. It has no list of them to offer, so its fields are looked into; where a runtime hasn't got these, nothing
/// is known, and nothing told to worker processes.
/// </summary>
internal static class AppContextSettings
{
    private static readonly FieldInfo? SwitchesField = FieldOf("s_switches"), DataField = FieldOf("s_dataStore");

    /// <summary>All switches that the program has set.</summary>
    public static Dictionary<string, bool> Switches() => Copied<bool>(SwitchesField, static (_, _) => true);

    /// <summary>Data that are plain values. The names of what describes the host, which every process finds out for itself, have no small letters.</summary>
    public static Dictionary<string, object?> Data() => Copied<object?>(
        DataField,
        static (name, value) => name != WorkerCommand.HooksSwitch
            && (value is bool or int or long or double or TimeSpan || (value is string && name.AsSpan().ContainsAnyInRange('a', 'z'))));

    private static FieldInfo? FieldOf(string name) => typeof(AppContext).GetField(name, BindingFlags.NonPublic | BindingFlags.Static);

    private static Dictionary<string, T> Copied<T>(FieldInfo? field, Func<string, T, bool> isWanted)
    {
        var copy = new Dictionary<string, T>();
        if (field?.GetValue(null) is not Dictionary<string, T> settings)
            return copy;
        lock (settings) // as AppContext does
        {
            foreach ((string name, T value) in settings)
            {
                if (isWanted(name, value))
                    copy.Add(name, value);
            }
        }

        return copy;
    }
}
