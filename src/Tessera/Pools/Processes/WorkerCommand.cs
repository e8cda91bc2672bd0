using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tessera.Pools;

/// <summary>
/// How this program is started once more, as a worker. The runtime calls our start-up hook before the program's Main, and the hook never returns: so
/// nothing of the program runs but what it is asked to, and the program needs no preparation.
/// </summary>
internal static class WorkerCommand
{
    /// <summary>Where a worker finds its socket; that it is there makes a process a worker.</summary>
    public const string DirectoryVariable = "TESSERA_WORKER";

    public const string HooksVariable = "DOTNET_STARTUP_HOOKS";

    public const string DiagnosticsVariable = "DOTNET_EnableDiagnostics";

    /// <summary>That it is there says that it was we who turned the diagnostics off.</summary>
    public const string QuietVariable = "TESSERA_WORKER_QUIET";

    public const string HooksSwitch = "System.StartupHookProvider.IsSupported";

    /// <param name="directory">Of this worker alone; may get files that its start needs.</param>
    public static ProcessStartInfo In(string directory)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Choose(start, directory);
        string? hooks = Environment.GetEnvironmentVariable(HooksVariable);
        string hook = typeof(WorkerCommand).Assembly.Location;
        start.Environment[HooksVariable] = string.IsNullOrEmpty(hooks) ? hook : $"{hooks}{Path.PathSeparator}{hook}"; // those of others come first, since ours stays
        start.Environment[DirectoryVariable] = directory;
        if (start.Environment.TryAdd(DiagnosticsVariable, "0")) // a process that is killed would leave its sockets for debuggers in the temporary folder
            start.Environment[QuietVariable] = "1";
        return start;
    }

    /// <exception cref="PlatformNotSupportedException">There is no way.</exception>
    public static void Check()
    {
        if (typeof(WorkerCommand).Assembly.Location == "" || EntryPath() is null)
        {
            throw new PlatformNotSupportedException(
                "Worker processes are this program started once more, which needs its assemblies as files. A program published as a single file, compiled to " +
                "native code or hosted by another has none. Publish it without PublishSingleFile and PublishAot, or use WorkerPool.Threads.");
        }

        if (!HooksWork() && Muxer() is null)
        {
            throw new PlatformNotSupportedException(
                $"Worker processes are started by a start-up hook, which this program was built without ({HooksSwitch} is false). Build it with " +
                "<StartupHookSupport>true</StartupHookSupport>, or use WorkerPool.Threads.");
        }
    }

    private static void Choose(ProcessStartInfo start, string directory)
    {
        string program = Environment.ProcessPath!, entry = EntryPath()!;
        if (HooksWork() && !IsMuxer(program))
        {
            start.FileName = program; // the program's own executable finds all by itself
            return;
        }

        start.FileName = IsMuxer(program) ? program : Muxer()!;
        if (HooksWork() && HostArguments(entry) is { } arguments)
        {
            arguments.ForEach(start.ArgumentList.Add);
            return;
        }

        start.ArgumentList.Add("exec");
        string configuration = Path.ChangeExtension(entry, ".runtimeconfig.json");
        if (File.Exists(configuration))
        {
            start.ArgumentList.Add("--runtimeconfig");
            start.ArgumentList.Add(WithHooks(configuration, directory));
        }

        string dependencies = Path.ChangeExtension(entry, ".deps.json");
        if (File.Exists(dependencies))
        {
            start.ArgumentList.Add("--depsfile");
            start.ArgumentList.Add(dependencies);
        }

        start.ArgumentList.Add(entry);
    }

    private static string? EntryPath() => Assembly.GetEntryAssembly()?.Location is { Length: > 0 } path ? path : null;

    private static bool HooksWork() => !AppContext.TryGetSwitch(HooksSwitch, out bool isOn) || isOn;

    private static bool IsMuxer(string program) => Path.GetFileNameWithoutExtension(program) == "dotnet";

    /// <summary>The dotnet command that belongs to this runtime: shared/NAME/VERSION below its folder. Null for a self-contained program.</summary>
    private static string? Muxer()
    {
        string? runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        string muxer = Path.GetFullPath(Path.Combine(runtime ?? "", "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(muxer) ? muxer : null;
    }

    /// <summary>What the dotnet command was given up to the program: its options may name other configurations than those beside it.</summary>
    private static List<string>? HostArguments(string entry)
    {
        try
        {
            string[] all = File.ReadAllText("/proc/self/cmdline").Split('\0');
            int at = Array.FindIndex(all, 1, argument => Path.GetFileName(argument) == Path.GetFileName(entry));
            bool isThere = Array.TrueForAll(all[..Math.Max(0, at)], argument => !argument.EndsWith(".json", StringComparison.Ordinal) || File.Exists(argument));
            return at < 0 || !isThere ? null : [.. all[1..at], entry]; // a worker's own configuration is gone by now
        }
        catch (IOException)
        {
            return null; // not on this operating system
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A copy of the program's configuration that allows hooks. File-based programs forbid them, since they are made to be compiled to native code.</summary>
    private static string WithHooks(string configuration, string directory)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(configuration), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        JsonNode options = root["runtimeOptions"]!;
        (options["configProperties"] ??= new JsonObject())[HooksSwitch] = true;
        string copy = Path.Combine(directory, "worker.runtimeconfig.json");
        File.WriteAllText(copy, root.ToJsonString());
        return copy;
    }
}
