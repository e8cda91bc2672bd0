using System.Collections;
using System.Globalization;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>
/// What functions see of the program around them, besides what they are given: cultures, the current folder, environment variables, settings of
/// <see cref="AppContext"/>. As it is when a job begins; its worker processes are told what differs from what they were told before, so that what their initializer
/// has set there stays unless the program itself changes it.
/// </summary>
/// <example>
/// A process is started with the variables A=1 and B=1. Its initializer sets A=2; the program sets B=3. The next job tells it B=3 and not A, and the one after nothing.
/// </example>
internal sealed class Surroundings
{
    private static readonly string[] Hidden = // from functions in worker processes
        [WorkerCommand.DirectoryVariable, WorkerCommand.HooksVariable, WorkerCommand.DiagnosticsVariable, WorkerCommand.QuietVariable];

    private readonly byte[] _cultures; // of the caller's thread, as a message: a culture can be changed in place
    private readonly byte[] _defaults; // of new threads, the same
    private readonly string? _folder;  // null if it isn't there any more
    private readonly Dictionary<string, string?> _variables;
    private readonly Dictionary<string, bool> _switches;
    private readonly Dictionary<string, object?> _data;

    private Surroundings(byte[] cultures, byte[] defaults, Dictionary<string, bool> switches, Dictionary<string, object?> data)
    {
        (_cultures, _defaults, _switches, _data) = (cultures, defaults, switches, data);
        _folder = CurrentFolder();
        _variables = [];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (!Hidden.Contains((string)variable.Key))
                _variables.Add((string)variable.Key, (string?)variable.Value);
        }
    }

    /// <summary>What a process sees that is started now: it inherits the folder and the variables.</summary>
    public static Surroundings OfNewProcess() => new([], [], [], []);

    /// <summary>What the caller sees now; the earlier ones, if nothing has changed.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">A culture of the program's own can't travel.</exception>
    public static Surroundings OfCaller(Surroundings? earlier)
    {
        var now = new Surroundings(
            Written(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture),
            Written(CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture),
            AppContextSettings.Switches(),
            AppContextSettings.Data());
        return earlier is not null && earlier.IsSame(now) ? earlier : now;
    }

    /// <summary>Writes what is to be told to a process that was told others before.</summary>
    /// <returns>False if there is nothing to tell.</returns>
    public bool WriteChange(Surroundings told, MessageWriter message)
    {
        if (IsSame(told))
            return false;
        WriteCultures(message, told._cultures, _cultures);
        WriteCultures(message, told._defaults, _defaults);
        message.WriteOptionalText(_folder == told._folder ? null : _folder);
        Write(message, ChangesOf(told._variables, _variables), static (message, value) => message.WriteOptionalText(value));
        Write(message, ChangesOf(told._switches, _switches), static (message, value) => message.WriteRaw(value));
        Write(message, ChangesOf(told._data, _data), static (message, value) => message.Write(value));
        return true;
    }

    private static void WriteCultures(MessageWriter message, byte[] before, byte[] now)
    {
        ReadOnlySpan<byte> cultures = now.AsSpan().SequenceEqual(before) ? [] : now;
        message.WriteNumber((uint)cultures.Length);
        message.WriteBytes(cultures);
    }

    private static void Write<T>(MessageWriter message, List<(string Name, T? Value)> changes, Action<MessageWriter, T?> write)
    {
        message.WriteNumber((uint)changes.Count);
        foreach ((string name, T? value) in changes)
        {
            message.WriteText(name);
            write(message, value);
        }
    }

    private bool IsSame(Surroundings other) =>
        ReferenceEquals(this, other)
        || (_cultures.AsSpan().SequenceEqual(other._cultures)
            && _defaults.AsSpan().SequenceEqual(other._defaults)
            && _folder == other._folder
            && ChangesOf(other._variables, _variables).Count == 0
            && ChangesOf(other._switches, _switches).Count == 0
            && ChangesOf(other._data, _data).Count == 0);

    /// <summary>What was added or changed; what was removed has no value any more.</summary>
    private static List<(string Name, T? Value)> ChangesOf<T>(Dictionary<string, T> before, Dictionary<string, T> now)
    {
        List<(string, T?)> changes = [];
        foreach ((string name, T value) in now)
        {
            if (!before.TryGetValue(name, out T? old) || !EqualityComparer<T>.Default.Equals(old, value))
                changes.Add((name, value));
        }

        foreach (string name in before.Keys)
        {
            if (!now.ContainsKey(name))
                changes.Add((name, default));
        }

        return changes;
    }

    private static byte[] Written(CultureInfo? culture, CultureInfo? uiCulture)
    {
        var message = new MessageWriter();
        message.Write(culture);
        message.Write(uiCulture);
        return message.Written.ToArray();
    }

    private static string? CurrentFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return null; // it was deleted
        }
    }
}
