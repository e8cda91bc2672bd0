using System.Globalization;
using System.Text;
using Tessera.Diagnostics;
using Tessera.Geometry;
using Tessera.Kernels;
using Tessera.Recipes;
using Tessera.Storage;
using static System.FormattableString;

namespace Tessera.Steps;

/// <summary>
/// Writes a plan down to what decides its bits: steps and how they are cut, recipes, programs, sources by what they say of themselves, the order of tasks.
/// Equal plans have equal texts in every process and in every culture, and no code of users is asked for them; addresses, names for people and where results go are
/// no part of it. What elements and values are is said by <see cref="PlanIdentity"/>.
/// <code>
/// s0 double (1000, 1000) in (100, 1000) TiffStackSource
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
    private readonly ICollection<IBlockSource>? _named;

    private PlanText(ICollection<IBlockSource>? named) => _named = named;

    /// <param name="plan">Which is written.</param>
    /// <param name="named">Gets the sources in the order of their names.</param>
    public static IEnumerable<string> LinesOf(Plan plan, ICollection<IBlockSource>? named = null)
    {
        var text = new PlanText(named);
        for (int step = 0; step < plan.Steps.Count; step++)
        {
            string line = plan.Steps[step].Accept(text);
            foreach (string before in text._lines)
                yield return before;
            text._lines.Clear();
            yield return Invariant($"{step} {line}");
        }

        foreach (string line in text.CallsOf(plan))
            yield return line;
        foreach (string line in OrderOf(plan))
            yield return line;
    }

    public string Of(FillStep step) => Fill(step.Recipe, step.Grid, step.Destination);

    /// <summary>How a source is read is no part of what is done.</summary>
    public string Of(ReadStep step) => Fill(step.Recipe, step.Grid, step.Destination);

    public string Of(FoldStep step)
    {
        string states = step.States is { } blocks ? Named(blocks) : step.Destination.Accept(this);
        return Invariant($"fold {Fold(step.Fold)} in {Cut(step.Cut)} to {states}");
    }

    public string Of(MergeStep step) => Invariant($"merge {Named(step.States)} as {Reduction(step.Fold)} in {Cut(step.Cut)} to {step.Destination.Accept(this)}");

    public string Of(CallsStep step) => Invariant($"{step.TaskCount} calls to {Named(step.Values)}");

    public string Of(BlocksDestination destination) => Named(destination.Output);

    public string Of(MemoryDestination destination) => Out(destination);

    public string Of(SinkDestination destination) => Out(destination);

    public string Of(PlacedDestination destination) => Out(destination);

    public string Of(ReceivedDestination destination) => Named(destination.Output);

    public string Of(SourceRecipe recipe) => Invariant($"source {Named(recipe.Source)}");

    public string Of(MemoryRecipe recipe) => Invariant($"memory {Named(recipe.Source)}");

    public string Of(DeliveredRecipe recipe) => Invariant($"elements of {Named(recipe.Values)}[{recipe.Call}]: {recipe.ElementType.Name} {recipe.Shape}");

    public string Of(BlocksRecipe recipe) => Invariant($"blocks {Named(recipe.Output)}: {recipe.ElementType.Name} in {TextOf(recipe.Output.Grid)}");

    public string Of(ViewRecipe recipe)
    {
        var text = new StringBuilder(Invariant($"view {Named(recipe.Input)} as {recipe.Shape}"));
        foreach (AxisMap axis in recipe.Map.Axes)
            text.Append(CultureInfo.InvariantCulture, $" {axis.Axis}:{axis.Offset}+{axis.Step}");
        return text.ToString();
    }

    public string Of(ConcatenateRecipe recipe) => Invariant($"concatenate along {recipe.Axis}:{Named(recipe.Inputs)}");

    public string Of(ReshapeRecipe recipe) => Invariant($"reshape {Named(recipe.Input)} to {recipe.Shape}");

    public string Of(ElementwiseRecipe recipe) => Fused(recipe.Fused);

    private string Fill(Recipe recipe, ChunkGrid grid, Destination destination) => Invariant($"fill {Named(recipe)} in {TextOf(grid)} to {destination.Accept(this)}");

    private static string Out(Destination destination) => destination.Chunks is { } chunks ? Invariant($"out in {chunks}") : "out";

    private string Fold(FoldRecipe fold) => Invariant($"{Reduction(fold)} over {string.Join(' ', AxesOf(fold))} of {Fused(fold.Inputs)}");

    private static IEnumerable<int> AxesOf(FoldRecipe fold)
    {
        bool[] reduced = fold.Reduced.ToArray();
        return Enumerable.Range(0, reduced.Length).Where(axis => reduced[axis]);
    }

    /// <summary>A parameter, as the degrees of freedom that a variance loses, shows in the count that it finishes with.</summary>
    private static string Reduction(FoldRecipe fold) => Invariant(
        $"{fold.Reduction.Name} of {fold.Reduction.ValueType.Name} to {fold.Reduction.ResultType.Name} by {fold.Reduction.FinishingCount(1 << 20):R}");

    private static string Cut(FoldCut cut) => Invariant($"{TextOf(cut.Cells)} by {TextOf(cut.Segments)} by {cut.Parts}");

    /// <summary>Length and size of chunks for each axis; all sizes where they differ, however many there are.</summary>
    private static string TextOf(ChunkGrid grid) => $"({string.Join(", ", grid.Select(TextOf))})";

    private static string TextOf(AxisGrid axis) => axis.IsRegular ? Invariant($"{axis.Length}/{axis.LargestSize}") : Invariant($"{axis.Length}/{string.Join('+', axis)}");

    private string Fused(FusedInputs inputs)
    {
        KernelProgram program = inputs.Program;
        var text = new StringBuilder("kernel");
        for (int i = 0; i < program.Inputs.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $" {(program.Inputs[i].IsScalar ? "scalar " : "")}{program.Inputs[i].Type.Name}");
        text.Append(':');
        foreach (KernelNode node in program.Nodes)
            text.Append(CultureInfo.InvariantCulture, $" {node.Op}.{node.Type.Name}({node.A} {node.B} {node.C})");
        foreach (KernelOutput output in program.Outputs)
            text.Append(CultureInfo.InvariantCulture, $" {output.Kind} {output.Node}");
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
        name = Invariant($"r{_recipes.Count}");
        _recipes.Add(recipe, name);
        _lines.Add($"{name} {line}");
        return name;
    }

    private string Named(StepOutput output)
    {
        if (!_outputs.TryGetValue(output, out string? name))
            _outputs.Add(output, name = Invariant($"o{_outputs.Count}"));
        return name;
    }

    private string Named(IBlockSource source)
    {
        if (_sources.TryGetValue(source, out string? name))
            return name;
        name = Invariant($"s{_sources.Count}");
        _sources.Add(source, name);
        _named?.Add(source);
        string what = source is MemorySource { ConstantBits: { } bits } ? Invariant($"constant {bits:x}") : Invariant($"{source.Shape} in {source.StorageChunks} {KindOf(source)}");
        _lines.Add($"{name} {source.ElementType.Name} {what}");
        return name;
    }

    /// <summary>What a source of others calls itself may be another thing in each process.</summary>
    private static string KindOf(IBlockSource source) => source.GetType().Assembly == typeof(PlanText).Assembly ? source.Name : TypeName.Of(source.GetType());

    private IEnumerable<string> CallsOf(Plan plan)
    {
        foreach (Step step in plan.Steps)
        {
            for (int task = 0; step.Calls is { } calls && task < step.TaskCount; task++)
            {
                string elements = calls.ElementsOf(task) is { } received ? Named(received) : "";
                yield return Invariant($"call {task} {calls.TextOf(task)} {elements}{string.Join(' ', calls.InputsOf(task).ToArray())}");
            }
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
            yield return Invariant($"order {before.Producer.Number}[{plan.Tasks[first].Index}..{before.Index}]");
            first = task;
        }
    }
}
