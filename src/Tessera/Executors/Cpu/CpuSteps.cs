using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Each kind of step, as this process does it.</summary>
/// <param name="destinations">How results are written.</param>
/// <param name="place">Where calls are done.</param>
internal sealed class CpuSteps(IDestinationKinds<CpuDestination> destinations, CallPlace place) : IStepKinds<CpuStep>
{
    /// <summary>For plans, which ask what tasks work with and do none of them.</summary>
    public static CpuSteps Here { get; } = new(CpuDestinations.Here, new CallPlace(CancellationToken.None));

    public CpuStep Of(FillStep step) => step.Awaited is var (source, output) ? new CpuRead(step, source, output) : new CpuFill(step, step.Destination.Accept(destinations));

    public CpuStep Of(FoldStep step) => new CpuFold(step, step.Destination.Accept(destinations));

    public CpuStep Of(MergeStep step) => new CpuMerge(step, step.Destination.Accept(destinations));

    public CpuStep Of(CallsStep step) => new CpuCalls(step, place);
}
