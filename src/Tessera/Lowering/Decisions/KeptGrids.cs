using Tessera.Recipes;

namespace Tessera.Lowering.Decisions;

/// <summary>The blocks of all that a plan keeps. Those of a frame serve the next one that is like it, so that a hundred thousand frames have one cut in common.</summary>
internal sealed class KeptGrids
{
    private (Shape Shape, Alignment Alignment, Region[] Asked, ChunkGrid Grid, Shape Extent)? _before;

    /// <inheritdoc cref="KeptGrid.Of"/>
    public (ChunkGrid Grid, Shape Asked) Of(Recipe recipe, Region[] asked)
    {
        Alignment alignment = recipe.CellAlignment;
        if (_before is { } before && ReferenceEquals(before.Asked, asked) && before.Shape == recipe.Shape && before.Alignment.CutsLike(alignment))
            return (before.Grid, before.Extent);

        (ChunkGrid grid, Shape extent) = KeptGrid.Of(recipe.Shape, alignment, asked);
        _before = (recipe.Shape, alignment, asked, grid, extent);
        return (grid, extent);
    }
}
