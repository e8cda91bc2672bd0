using Tessera.Pools;

/// <summary>What the runtime looks for in an assembly named in DOTNET_STARTUP_HOOKS: this name, in no namespace.</summary>
internal static class StartupHook
{
    /// <summary>Runs before Main. In a worker process it never returns.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(WorkerCommand.DirectoryVariable) is { Length: > 0 } directory)
            WorkerMain.Run(directory);
    }
}
