using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// What tasks work with that worker processes do: scratch memory there, and shared memory here in which results arrive. Reads that wait and calls are as they are
/// without processes.
/// </summary>
internal sealed class ProcessBytes : IStepKinds<ITaskBytes>
{
    private readonly CpuSteps _here = CpuSteps.ForPlan(), _there = CpuSteps.ForPlan(new PlacedDestinations(new PlacedBlocks()));

    public ITaskBytes Of(FillStep step) => Remote(step, isInStates: false);

    public ITaskBytes Of(ReadStep step) => _here.Of(step);

    public ITaskBytes Of(FoldStep step) => Remote(step, step.States is not null);

    public ITaskBytes Of(MergeStep step) => Remote(step, isInStates: false);

    public ITaskBytes Of(CallsStep step) => _here.Of(step);

    private RemoteBytes Remote(Step step, bool isInStates) => new(step, step.Accept(_there), isInStates);

    /// <summary>Of a step whose tasks processes do.</summary>
    private sealed class RemoteBytes(Step step, ITaskBytes there, bool isInStates) : ITaskBytes
    {
        private RemoteDestination? _destination; // of all tasks: a step has one

        public long ScratchBytes(int task) => there.ScratchBytes(task) + ArrivingBytes(task);

        public long StackBytes(int task) => there.StackBytes(task);

        private long ArrivingBytes(int task)
        {
            if (isInStates)
                return 0; // which are blocks
            (Destination destination, _, Region results) = step.ResultsOf(task)!.Value;
            _destination ??= destination.Accept(RemoteDestinations.Planned);
            return _destination.RentedBytes(results);
        }
    }
}
