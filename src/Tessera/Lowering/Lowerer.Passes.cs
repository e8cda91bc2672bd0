using Tessera.Expressions;
using Tessera.Lowering.Decisions;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Lowering;

// Elements that go to chunks which cut across the storage of their sources.
internal sealed partial class Lowerer
{
    /// <summary>
    /// The step that fills the cells of a destination from elements that are kept part by part, each until its cells are filled. Blocks of the next part may be made
    /// before that, while a worker has nothing else to do; so each leaves room for a cell, or all memory might be taken when the first one is to be filled.
    /// </summary>
    private FillStep InPasses(ArrayExpression expression, Destination destination, Passes passes)
    {
        List<ArrayExpression> way = WayToFewestBytes(expression);
        Recipe recipe = RecipeOf(way[^1]);
        ChunkGrid grid = passes.Blocks(recipe.Alignment);
        var output = new BlocksOutput(way[^1].ElementType, grid);
        var blocks = new BlocksRecipe(output);
        var fill = new FillStep($"fill {StepName.Of(expression)}", Above(way, blocks), passes.Cells, destination);

        string name = $"keep {StepName.Of(way[^1])}{(passes.Count > 1 ? $" in {passes.Count} passes" : "")}";
        long cell = fill.Accept(_bytes).ScratchBytes(0) + fill.OutputBytes(0); // the first is the largest
        _producers.Add(output, new Producer(new FillStep(name, recipe, grid, new BlocksDestination(output), cell), output));
        return fill;
    }

    /// <summary>The first expression of a way down, if the last one lies in blocks.</summary>
    private Recipe Above(List<ArrayExpression> way, BlocksRecipe blocks)
    {
        if (way.Count == 1)
            return blocks;
        ArrayExpression above = new Hold(way[^1], [], pass: 1);
        _recipes.Add(above, blocks);
        for (int i = way.Count - 2; i >= 0; i--)
        {
            ArrayExpression below = above, replaced = way[i + 1];
            above = way[i].WithInputs(Array.ConvertAll(way[i].Inputs.ToArray(), input => ReferenceEquals(input, replaced) ? below : input));
        }

        return Fused(above);
    }

    /// <summary>
    /// From an expression down to what would be kept of it: operations on one array alone, as a cast, are done as cells are filled, if it has fewer bytes before.
    /// </summary>
    private static List<ArrayExpression> WayToFewestBytes(ArrayExpression expression)
    {
        var way = new List<ArrayExpression> { expression };
        int fewest = 0;
        while (way[^1].IsFused && Deciding.Main(way[^1]) is { } below)
        {
            way.Add(below);
            if (below.ElementType.Size < way[fewest].ElementType.Size)
                fewest = way.Count - 1;
        }

        way.RemoveRange(fewest + 1, way.Count - fewest - 1);
        return way;
    }
}
