using System.Runtime.CompilerServices;

namespace Tessera.Tests.Frame;

/// <summary>With TESSERA_TEST_SCHEDULER=processes, whatever the tests compute without naming a scheduler is computed by worker processes.</summary>
internal static class OnProcesses
{
    private const string Variable = "TESSERA_TEST_SCHEDULER";

    [ModuleInitializer]
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "processes")
            return;
        Environment.SetEnvironmentVariable(Variable, null); // not in the workers, which are this program too
        Schedulers.Default = Schedulers.Processes(WorkerPool.Processes(2));
    }
}
