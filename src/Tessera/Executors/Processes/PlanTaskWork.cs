using Tessera.Memory;
using Tessera.Pools;
using Tessera.Serialization;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// The tasks of a plan in a worker process. It travels as what the plan was made of, and makes the plan when the first task is asked for. A question is the number
/// of a step and of its task, where the task's inputs lie in shared memory and where its results go; or, for a call, the values of its arguments.
/// </summary>
internal sealed class PlanTaskWork(IPlanOrigin origin, PlanSeal seal, string pages) : RemoteWork
{
    [NonSerialized]
    private RemadePlan? _plan;

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
        seal.Check(plan);
        return new RemadePlan(plan, MappedPages.Of(pages));
    }
}
