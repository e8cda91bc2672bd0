using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Each kind of step of a plan, as this process does it.</summary>
internal sealed class CpuSteps : IStepKinds<CpuStep>
{
    private readonly IDestinationKinds<CpuDestination> _destinations;
    private readonly CallPlace _place;
    private readonly CpuRecipes _recipes;

    private CpuSteps(IDestinationKinds<CpuDestination> destinations, CallPlace place, CpuRecipes recipes) =>
        (_destinations, _place, _recipes) = (destinations, place, recipes);

    /// <summary>For a plan that is being made, which asks what tasks work with and has none of them done.</summary>
    public static CpuSteps ForPlan() => ForPlan(CpuDestinations.Here);

    /// <inheritdoc cref="ForPlan()"/>
    /// <param name="destinations">How results will be written.</param>
    public static CpuSteps ForPlan(IDestinationKinds<CpuDestination> destinations) =>
        new(destinations, new CallPlace(CancellationToken.None), new CpuRecipes(CpuKernels.For));

    /// <summary>For a run of the plan. It goes on with the recipes that were made ready when the plan asked for bytes.</summary>
    /// <param name="plan">Whose steps.</param>
    /// <param name="destinations">How results are written.</param>
    /// <param name="place">Where calls are done.</param>
    public static CpuSteps ForRun(Plan plan, IDestinationKinds<CpuDestination> destinations, CallPlace place) =>
        new(destinations, place, (plan.Bytes as CpuSteps)?._recipes ?? new CpuRecipes(CpuKernels.For));

    public CpuStep Of(FillStep step) => new CpuFill(step, _recipes.Of(step.Recipe), step.Destination.Accept(_destinations));

    public CpuStep Of(ReadStep step) => new CpuRead(step);

    public CpuStep Of(FoldStep step) => new CpuFold(step, _recipes.Of(step.Fold), Results(step.Fold, step.Cut, step.Destination));

    public CpuStep Of(MergeStep step) => new CpuMerge(step, Results(step.Fold, step.Cut, step.Destination));

    public CpuStep Of(CallsStep step) => new CpuCalls(step, _place);

    private CpuResults Results(FoldRecipe fold, FoldCut cut, Destination destination) =>
        new(_recipes.StatesOf(fold), cut, destination.Accept(_destinations));
}
