using System.Globalization;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>In a worker process: what its parent has told of the program around the functions; the other side of <see cref="Surroundings"/>.</summary>
internal sealed class ReceivedSurroundings
{
    private readonly WorkerCultures _cultures = new();
    private Cultures _callers = Cultures.Current; // of who began the job that is worked on

    private ReceivedSurroundings()
    {
    }

    /// <summary>Those of this process.</summary>
    public static ReceivedSurroundings Instance { get; } = new();

    /// <summary>Why they can't be had here, or null: then nothing is called, because it would not see what it should.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Reads what has changed, and changes it.</summary>
    public void Read(MessageReader message)
    {
        Failure = null;
        try
        {
            if (ReadCultures(message) is { } callers)
                _callers = new Cultures(callers.Culture!, callers.UICulture!);
            if (ReadCultures(message) is { } defaults)
                (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = defaults;
            string? folder = message.ReadOptionalText();
            for (uint left = message.ReadNumber(); left > 0; left--)
                Environment.SetEnvironmentVariable(message.ReadText(), message.ReadOptionalText());
            for (uint left = message.ReadNumber(); left > 0; left--)
                AppContext.SetSwitch(message.ReadText(), message.ReadRaw<bool>()); // none is ever taken away
            for (uint left = message.ReadNumber(); left > 0; left--)
                AppContext.SetData(message.ReadText(), message.Read<object?>());
            message.Finish();
            if (folder is not null)
                Enter(folder);
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    /// <summary>On the thread that calls functions, before each work.</summary>
    public void Enter() => _cultures.Enter(_callers);

    /// <summary>Runs the pool's initializer; cultures that it sets are kept.</summary>
    public void Initialize(Action initializer) => _cultures.Initialize(initializer, _callers);

    /// <summary>Two cultures, or null where they are the same as before.</summary>
    private static (CultureInfo? Culture, CultureInfo? UICulture)? ReadCultures(MessageReader message)
    {
        byte[] cultures = message.ReadBytes((int)message.ReadNumber()).ToArray();
        if (cultures.Length == 0)
            return null;
        var reader = new MessageReader();
        reader.Begin(cultures, static _ => { });
        (CultureInfo?, CultureInfo?) read = (reader.Read<CultureInfo?>(), reader.Read<CultureInfo?>());
        reader.Finish();
        return read;
    }

    private static void Enter(string folder)
    {
        try
        {
            Environment.CurrentDirectory = folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DirectoryNotFoundException(
                $"A worker process can't enter the current folder of the program, '{folder}': {failure.Message} Choose one that is there before the pool is given work.", failure);
        }
    }
}
