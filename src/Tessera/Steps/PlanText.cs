using System.Globalization;
using System.Text;
using Tessera.Geometry;
using Tessera.Kernels;
using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Steps;

/// <summary>
/// Writes a plan down to what decides its bits: steps and how they are cut, recipes, programs, sources by what they say of themselves, the order of tasks.
/// Equal plans have equal texts in every process; addresses, names for people and where results go are no part of it.
/// <code>
/// s0 double (1000, 1000) in (100, 1000) image.tif
/// r0 source s0
/// 0 fold var of r0 …
/// order 0[0..9] 1[0]
/// </code>
/// </summary>
internal sealed class PlanText : IStepKinds<string>, IDestinationKinds<string>, IRecipeKinds<string>
{
    private readonly Dictionary<Recipe, string> _recipes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<StepOutput, string> _outputs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IBlockSource, string> _sources = [];
    private readonly List<string> _lines = []; // of what the next line names

    private PlanText()
    {
    }

    public static IEnumerable<string> LinesOf(Plan plan)
    {
        var text = new PlanText();
        for (int step = 0; step < plan.Steps.Count; step++)
        {
            string line = plan.Steps[step].Accept(text);
            foreach (string named in text._lines)
                yield return named;
            text._lines.Clear();
            yield return $"{step} {line}";
        }

        foreach (string line in CallsOf(plan))
            yield return line;
        foreach (string line in OrderOf(plan))
            yield return line;
    }

    public string Of(FillStep step) => $"fill {Named(step.Recipe)} in {TextOf(step.Grid)} to {step.Destination.Accept(this)}";

    public string Of(FoldStep step)
    {
        string states = step.States is { } blocks ? Named(blocks) : step.Destination.Accept(this);
        return $"fold {Fold(step.Fold)} in {Cut(step.Cut)} to {states}";
    }

    public string Of(MergeStep step) => $"merge {Named(step.States)} as {Reduction(step.Fold)} in {Cut(step.Cut)} to {step.Destination.Accept(this)}";

    public string Of(CallsStep step) => $"{step.TaskCount} calls to {Named(step.Values)}";

    public string Of(BlocksDestination destination) => Named(destination.Output);

    public string Of(MemoryDestination destination) => Out(destination);

    public string Of(SinkDestination destination) => Out(destination);

    public string Of(PlacedDestination destination) => Out(destination);

    public string Of(ReceivedDestination destination) => Named(destination.Output);

    public string Of(SourceRecipe recipe) => $"source {Named(recipe.Source)}";

    public string Of(MemoryRecipe recipe) => $"memory {Named(recipe.Source)}";

    public string Of(DeliveredRecipe recipe) => $"elements of {Named(recipe.Values)}[{recipe.Call}]: {recipe.ElementType.Name} {recipe.Shape}";

    public string Of(BlocksRecipe recipe) => $"blocks {Named(recipe.Output)}: {recipe.ElementType.Name} in {TextOf(recipe.Output.Grid)}";

    public string Of(ViewRecipe recipe)
    {
        var text = new StringBuilder($"view {Named(recipe.Input)} as {recipe.Shape}");
        foreach (AxisMap axis in recipe.Map.Axes)
            text.Append($" {axis.Axis}:{axis.Offset}+{axis.Step}");
        return text.ToString();
    }

    public string Of(ConcatenateRecipe recipe) => $"concatenate along {recipe.Axis}:{Named(recipe.Parts)}";

    public string Of(ReshapeRecipe recipe) => $"reshape {Named(recipe.Input)} to {recipe.Shape}";

    public string Of(ElementwiseRecipe recipe) => Fused(recipe.Inputs);

    private static string Out(Destination destination) => destination.Chunks is { } chunks ? $"out in {chunks}" : "out";

    private string Fold(FoldRecipe fold) => $"{Reduction(fold)} over {string.Join(' ', AxesOf(fold))} of {Fused(fold.Inputs)}";

    private static IEnumerable<int> AxesOf(FoldRecipe fold)
    {
        bool[] reduced = fold.Reduced.ToArray();
        return Enumerable.Range(0, reduced.Length).Where(axis => reduced[axis]);
    }

    /// <summary>A parameter, as the degrees of freedom that a variance loses, shows in the count that it finishes with.</summary>
    private static string Reduction(FoldRecipe fold) => string.Create(
        CultureInfo.InvariantCulture,
        $"{fold.Reduction.Name} of {fold.Reduction.ValueType.Name} to {fold.Reduction.ResultType.Name} by {fold.Reduction.FinishingCount(1 << 20):R}");

    private static string Cut(FoldCut cut) => $"{TextOf(cut.Cells)} by {TextOf(cut.Runs)} by {cut.Parts}";

    /// <summary>Length and size of chunks for each axis; all sizes where they differ, however many there are.</summary>
    private static string TextOf(ChunkGrid grid) =>
        $"({string.Join(", ", grid.Select(axis => $"{axis.Length}/{(axis.IsRegular ? axis.LargestSize : string.Join('+', axis))}"))})";

    private string Fused(FusedInputs inputs)
    {
        KernelProgram program = inputs.Program;
        var text = new StringBuilder("kernel");
        for (int i = 0; i < program.Inputs.Length; i++)
            text.Append($" {(program.Inputs[i].IsScalar ? "scalar " : "")}{program.Inputs[i].Type.Name}");
        text.Append(':');
        foreach (KernelNode node in program.Nodes)
            text.Append($" {node.Op}.{node.Type.Name}({node.A} {node.B} {node.C})");
        foreach (KernelOutput output in program.Outputs)
            text.Append($" {output.Kind} {output.Node}");
        return text.Append(" of").Append(Named(inputs.Recipes)).ToString();
    }

    private string Named(ReadOnlySpan<Recipe> recipes)
    {
        var text = new StringBuilder();
        foreach (Recipe recipe in recipes)
            text.Append(' ').Append(Named(recipe));
        return text.ToString();
    }

    private string Named(Recipe recipe)
    {
        if (_recipes.TryGetValue(recipe, out string? name))
            return name;
        string line = recipe.Accept(this);
        name = $"r{_recipes.Count}";
        _recipes.Add(recipe, name);
        _lines.Add($"{name} {line}");
        return name;
    }

    private string Named(StepOutput output)
    {
        if (!_outputs.TryGetValue(output, out string? name))
            _outputs.Add(output, name = $"o{_outputs.Count}");
        return name;
    }

    private string Named(IBlockSource source)
    {
        if (_sources.TryGetValue(source, out string? name))
            return name;
        name = $"s{_sources.Count}";
        _sources.Add(source, name);
        string what = source is MemorySource { ConstantBits: { } bits } ? $"constant {bits:x}" : $"{source.Shape} in {source.StorageChunks} {source.Name}";
        _lines.Add($"{name} {source.ElementType.Name} {what}");
        return name;
    }

    private static IEnumerable<string> CallsOf(Plan plan)
    {
        foreach (Step step in plan.Steps)
        {
            for (int task = 0; step.Calls is { } calls && task < step.TaskCount; task++)
                yield return $"call {task} {calls.TextOf(task)} {string.Join(' ', calls.InputsOf(task).ToArray())}";
        }
    }

    /// <summary>The order of tasks, neighbours of one step together.</summary>
    private static IEnumerable<string> OrderOf(Plan plan)
    {
        int first = 0;
        for (int task = 1; task <= plan.Tasks.Count; task++)
        {
            PlannedTask before = plan.Tasks[task - 1];
            if (task < plan.Tasks.Count && plan.Tasks[task] == before with { Index = before.Index + 1 })
                continue;
            yield return $"order {before.Producer.Number}[{plan.Tasks[first].Index}..{before.Index}]";
            first = task;
        }
    }
}
