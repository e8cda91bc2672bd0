using Tessera.Tests.Pools;

/// <summary>What the runtime looks for in an assembly named in DOTNET_STARTUP_HOOKS: this name, in no namespace.</summary>
internal static class StartupHook
{
    public static void Initialize() => ChildProgram.BeginIfAsked();
}
