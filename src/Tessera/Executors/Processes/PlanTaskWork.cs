using Tessera.Memory;
using Tessera.Pools;
using Tessera.Serialization;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// The tasks of a plan in a worker process. It travels as what the plan was made of, and makes the plan when the first task is asked for. A question is the number
/// of a step and of its task, where the task's inputs lie in shared memory and where its results go; or, for a call, the values of its arguments.
/// </summary>
internal sealed class PlanTaskWork(IPlanOrigin origin, int fingerprint, string pages) : RemoteWork
{
    [NonSerialized]
    private RemadePlan? _plan;

    /// <summary>Equal for plans of the same tasks in the same order.</summary>
    public static int Fingerprint(Plan plan)
    {
        var hash = 17;
        Step? last = null;
        int step = 0;
        foreach (PlannedTask task in plan.Tasks)
        {
            step += task.Step == last ? 0 : 1;
            last = task.Step;
            hash = unchecked((((hash * 31) + step) * 31) + task.Index);
        }

        return hash;
    }

    public override void Execute(MessageReader question, MessageWriter answer, ControlPage control)
    {
        RemadePlan plan = _plan ??= Remade();
        int step = question.Read<int>(), task = question.Read<int>();
        plan.Execute(step, task, question, answer, control);
    }

    public override void Forget() => _plan?.Dispose();

    private RemadePlan Remade()
    {
        Plan plan = origin.Remake();
        return Fingerprint(plan) == fingerprint
            ? new RemadePlan(plan, MappedPages.Of(pages))
            : throw new InvalidOperationException("A worker process planned a computation differently. This is an error in Tessera; please report it.");
    }
}
