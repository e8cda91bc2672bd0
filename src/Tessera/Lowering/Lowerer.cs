using Tessera.Expressions;
using Tessera.Lowering.Decisions;
using Tessera.Recipes;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Lowering;

/// <summary>
/// Turns an optimized expression into steps. What can be had for any region at once (sources, views, elementwise chains) becomes a recipe inside
/// the step that needs it; a reduction becomes a step whose blocks later ones read.
/// <code>
/// (x - mean(x)) * 2      fold sum ← x   ·   merge   ·   fill ← (x - sum / n) * 2
/// </code>
/// </summary>
internal sealed partial class Lowerer
{
    /// <summary>Below so many elements in all, kernels are interpreted: compiling would take longer.</summary>
    public const long WorthCompiling = 1L << 15;

    /// <summary>Tasks that are numbered in no time.</summary>
    private const long MostNumbered = 100_000;

    private readonly Dictionary<ArrayExpression, Recipe> _recipes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<StepOutput, Producer> _producers = [];
    private readonly HashSet<MemorySource> _memory = [];
    private readonly CallGraph _calls;
    private readonly ValuesOutput _values;
    private readonly Saving _saving;
    private readonly IStepKinds<ITaskBytes> _bytes;
    private bool _readsAside;  // sources that are read asynchronously
    private bool _keepsStates; // of a reduction, for a step that merges them
    private bool _compilesKernels;
    private bool _cutsAcross; // the destination's chunks end where the storage of a source does not

    private Lowerer(CallGraph calls, Saving saving, IStepKinds<ITaskBytes> bytes) =>
        (_calls, _values, _saving, _bytes) = (calls, new ValuesOutput(calls.Count), saving, bytes);

    /// <summary>The plan for expressions.</summary>
    /// <param name="outputs">As they were written, and where their elements go.</param>
    /// <param name="values">How arrays are optimized, and delayed values that deliver elements computed.</param>
    /// <param name="saving">How to save memory, when an earlier plan did not fit into it.</param>
    /// <param name="bytes">What tasks work with, as those who will do them need it.</param>
    public static LoweredPlan Lower(IReadOnlyList<PlannedOutput> outputs, ValueLowering values, Saving saving, IStepKinds<ITaskBytes> bytes)
    {
        var decided = DecidedArrays.Of(outputs, values, saving);
        (Lowerer lowerer, Step[] roots) = Lowered(decided, saving, bytes);
        Plan plan = new PlanBuilder(lowerer._producers, bytes).Build(roots);
        return new LoweredPlan(
            lowerer.Told(plan) with { Origin = () => PlanOrigin.Of(lowerer._calls, decided.Values, decided.Outputs, saving) },
            [.. decided.Outputs.Select(output => output.Array)],
            decided.Choices);
    }

    /// <summary>The number of tasks of the plan; where there are too many to number them just for that, all that its steps have.</summary>
    public static long TaskCount(ArrayExpression expression, Destination destination, ValueLowering values, IStepKinds<ITaskBytes> bytes)
    {
        (Lowerer lowerer, Step[] roots) = Lowered(DecidedArrays.Of([new PlannedOutput(expression, destination)], values, Saving.None), Saving.None, bytes);
        Step root = roots[0];
        long count = root.TaskCount + lowerer._producers.Values.Sum(producer => producer.Step.TaskCount);
        return count > MostNumbered ? count : new PlanBuilder(lowerer._producers, bytes).Build(roots).Tasks.Count;
    }

    private static (Lowerer Lowerer, Step[] Roots) Lowered(DecidedArrays decided, Saving saving, IStepKinds<ITaskBytes> bytes)
    {
        var lowerer = new Lowerer(decided.Calls, saving, bytes);
        lowerer.Calls(decided.Values);
        return (lowerer, lowerer.Steps(decided.Outputs));
    }

    /// <summary>A plan with what lowering knows of it.</summary>
    private Plan Told(Plan plan) => plan with
    {
        Bytes = _bytes,
        Memory = _memory,
        CutsAcross = _cutsAcross,
        KeepsStates = _keepsStates,
        ReadsAside = _readsAside,
        CompilesKernels = _compilesKernels,
    };

    /// <summary>The last of the steps that bring each expression's elements to its destination.</summary>
    private Step[] Steps(IReadOnlyList<PlannedOutput> outputs) => [.. outputs.Select(output => Steps(output.Array, output.Destination))];

    private Step Steps(ArrayExpression expression, Destination destination)
    {
        if (expression is Reduce reduce)
        {
            FoldRecipe fold = FoldOf(reduce);
            if (destination.Chunks is not { } cells || FoldCut.Suits(fold, ReducedBy(reduce), cells))
                return Reduction(reduce, fold, destination.Chunks, _ => destination);
        }

        Recipe recipe = RecipeOf(expression);
        ChunkGrid grid = destination.Chunks is { } chunks ? Grow(expression.Shape, chunks, Saving.CellElements) : Cells(recipe);
        if (destination.Chunks is not null && !recipe.Alignment.Suits(grid))
        {
            _cutsAcross = true;
            grid = Grow(expression.Shape, destination.Chunks.Value, _saving.CutAcrossElements);
        }

        return new FillStep($"fill {StepName.Of(expression)}", recipe, grid, destination);
    }

    /// <summary>The last step of a reduction, whose destination may want to know the cut.</summary>
    private Step Reduction(Reduce reduce, FoldRecipe fold, Shape? chunks, Func<FoldCut, Destination> destinationFor)
    {
        var cut = new FoldCut(fold, ReducedBy(reduce), chunks, _saving.StateBytes);
        Destination destination = destinationFor(cut);
        string name = StepName.Of(reduce);
        if (cut.Segments.Count * cut.Parts == 1)
            return new FoldStep($"fold {name}", fold, cut, destination, states: null);

        _keepsStates = true;
        var states = new BlocksOutput(ElementType.Byte, ChunkGrid.Regular([cut.TaskCount], [1]), StateBytes);
        _producers.Add(states, new Producer(new FoldStep($"fold {name}", fold, cut, destination, states), states));
        return new MergeStep($"merge {reduce.Describe()}", fold, cut, destination, states);

        long StateBytes(long task) => StateLayout.Bytes(fold.Reduction, cut.Cells.RegionOf(task / (cut.Segments.Count * cut.Parts)).Length);
    }

    private FoldRecipe FoldOf(Reduce reduce) =>
        new(reduce.Reduction, Fusion.Of(reduce.Input, RecipeOf), ReducedBy(reduce), IsCompiled(reduce.Input.Shape.Length));

    private static bool[] ReducedBy(Reduce reduce) => [.. Enumerable.Range(0, reduce.Input.Shape.Rank).Select(reduce.IsReduced)];

    private Recipe RecipeOf(ArrayExpression expression)
    {
        // Inputs before what is made of them, with a stack of its own: chains of a hundred thousand operations are ordinary.
        var pending = new Stack<(ArrayExpression Expression, bool NeedsAreThere)>();
        pending.Push((expression, false));
        while (pending.TryPop(out var next))
        {
            if (_recipes.ContainsKey(next.Expression))
                continue;
            if (next.NeedsAreThere)
            {
                _recipes.Add(next.Expression, Lower(next.Expression));
                continue;
            }

            pending.Push(next with { NeedsAreThere = true });
            foreach (ArrayExpression input in Needs(next.Expression))
            {
                if (!_recipes.ContainsKey(input))
                    pending.Push((input, false));
            }
        }

        return _recipes[expression];
    }

    /// <summary>The expressions whose recipes that of another is made of.</summary>
    private IReadOnlyList<ArrayExpression> Needs(ArrayExpression expression) => expression switch
    {
        Elementwise => new Fusion(expression).Inputs,
        Reduce reduce => new Fusion(reduce.Input).Inputs,
        Hold { Input.IsAwaited: true } => [], // which is read into the kept blocks themselves
        _ => expression.Inputs.ToArray(),
    };

    private Recipe Lower(ArrayExpression expression) => expression switch
    {
        Source { Blocks: MemorySource memory } => InMemory(memory),
        Source { IsAwaited: true } source when _saving.ReadsAside => Aside(source),
        Source source => Reading(source),
        Delivered delivered => Delivers(delivered),
        Constant constant => RecipeOf(new Source(MemorySource.OfScalar(constant.Describe(), constant.ElementType, constant.Bits), constant.Chunks)),
        View view => new ViewRecipe(RecipeOf(view.Input), view.Map),
        Concatenate concatenate => new ConcatenateRecipe(RecipesOf(concatenate.Inputs), concatenate.Parts, concatenate.Axis, concatenate.Shape),
        Reshape { Input: Source { Blocks: MemorySource memory } } reshape =>
            InMemory(new MemorySource(memory.Name, memory.ElementType, reshape.Shape, memory.Address, memory)),
        Reshape reshape => new ReshapeRecipe(RecipeOf(reshape.Input), reshape.Shape),
        Elementwise => Fused(expression),
        Reduce reduce => Blocks(reduce),
        Hold { Input.IsInBlocks: true } hold => RecipeOf(hold.Input), // whose elements lie in blocks anyway
        Hold { Input.IsAwaited: true } hold => KeptAside(hold, Reading((Source)hold.Input)),
        Hold hold => Kept(hold, RecipeOf(hold.Input)),
        _ => throw new InvalidOperationException($"'{expression.Describe()}' can't be lowered. This is an error in Tessera; please report it."),
    };

    private static SourceRecipe Reading(Source source) => new(source.Blocks);

    private MemoryRecipe InMemory(MemorySource memory)
    {
        if (memory.Kept is not null)
            _memory.Add(memory);
        return new MemoryRecipe(memory);
    }

    private Recipe[] RecipesOf(ReadOnlySpan<ArrayExpression> expressions)
    {
        var recipes = new Recipe[expressions.Length];
        for (int i = 0; i < recipes.Length; i++)
            recipes[i] = RecipeOf(expressions[i]);
        return recipes;
    }

    private ElementwiseRecipe Fused(ArrayExpression expression) => new(Fusion.Of(expression, RecipeOf), IsCompiled(expression.Shape.Length));

    private BlocksRecipe Blocks(Reduce reduce)
    {
        BlocksOutput? output = null;
        Step step = Reduction(reduce, FoldOf(reduce), chunks: null, cut =>
        {
            output = new BlocksOutput(reduce.ElementType, cut.Cells);
            return new BlocksDestination(output);
        });
        return MadeBy(step, output!);
    }

    /// <summary>A step that makes the elements of a recipe once, for all who read them.</summary>
    private BlocksRecipe Kept(Hold hold, Recipe recipe) =>
        Kept(hold, recipe, (name, grid, destination) => new FillStep(name, recipe, grid, destination));

    /// <summary>The same for a source that is read asynchronously.</summary>
    private BlocksRecipe KeptAside(Hold hold, SourceRecipe recipe) =>
        Kept(hold, recipe, (name, grid, destination) => new ReadStep(name, recipe, grid, destination));

    private BlocksRecipe Kept(Hold hold, Recipe recipe, Func<string, ChunkGrid, BlocksDestination, Step> stepFor)
    {
        (ChunkGrid grid, Shape asked) = KeptGrid.Of(recipe, hold.Asked);
        var output = new BlocksOutput(hold.ElementType, grid) { Usual = asked };
        return MadeBy(stepFor($"keep {StepName.Of(hold.Input)}", grid, new BlocksDestination(output)), output);
    }

    /// <summary>A source that is read asynchronously is read by tasks of its own, which hold no worker meanwhile.</summary>
    private BlocksRecipe Aside(Source source)
    {
        _readsAside = true;
        SourceRecipe recipe = Reading(source);
        ChunkGrid grid = Cells(recipe);
        var output = new BlocksOutput(source.ElementType, grid);
        return MadeBy(new ReadStep($"read {StepName.Of(source)}", recipe, grid, new BlocksDestination(output)), output);
    }

    private BlocksRecipe MadeBy(Step step, BlocksOutput output)
    {
        _producers.Add(output, new Producer(step, output));
        return new BlocksRecipe(output);
    }

    /// <summary>Interpreted kernels for little work, compiled ones for much.</summary>
    private bool IsCompiled(long elements)
    {
        bool isCompiled = elements >= WorthCompiling;
        _compilesKernels |= isCompiled;
        return isCompiled;
    }

    /// <summary>Cells of a task's worth each, cut where the recipe's inputs are best cut.</summary>
    private static ChunkGrid Cells(Recipe recipe)
    {
        long[] sizes = BoxExtent.Of(recipe.Shape, recipe.CellAlignment, Saving.CellElements);
        var axes = new AxisGrid[sizes.Length];
        for (int axis = 0; axis < axes.Length; axis++)
            axes[axis] = recipe.CellAlignment.Cut(axis, recipe.Shape[axis], sizes[axis]);
        return new ChunkGrid(axes);
    }

    /// <summary>Cells of about so many elements each, in whole storage chunks.</summary>
    private static ChunkGrid Grow(Shape shape, Shape chunk, long elements)
    {
        long[] sizes = BoxExtent.Of(shape, Alignment.Of(chunk, shape), elements);
        return ChunkGrid.Regular(shape, Shape.Create(sizes));
    }
}
