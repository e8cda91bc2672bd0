using System.Runtime.CompilerServices;
using Tessera.Tests.PlainExecution;

namespace Tessera.Tests.Frame;

/// <summary>
/// What the tests compute without naming a scheduler is computed by worker processes with TESSERA_TEST_SCHEDULER=processes, and by the plain executor with
/// TESSERA_TEST_SCHEDULER=plain.
/// </summary>
internal static class OtherDefault
{
    private const string Variable = "TESSERA_TEST_SCHEDULER";

    [ModuleInitializer]
    public static void Begin()
    {
        string? asked = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null); // not in the workers, which are this program too
        Schedulers.Default = asked switch
        {
            null or "" => Schedulers.Default,
            "processes" => Schedulers.Processes(WorkerPool.Processes(2)),
            "plain" => PlainScheduler.Instance,
            _ => throw new InvalidOperationException($"{Variable} is '{asked}'. Give 'processes' or 'plain', or leave it out."),
        };
    }
}
