using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Parts one after another along an axis, each filled where it lies in the whole.</summary>
internal sealed class CpuConcatenate : CpuRecipe
{
    private readonly ConcatenateRecipe _recipe;
    private readonly CpuRecipe[] _parts;
    private readonly bool[] _rowsAreDense; // by axis

    public CpuConcatenate(ConcatenateRecipe recipe, CpuRecipe[] parts)
        : base(recipe)
    {
        (_recipe, _parts) = (recipe, parts);
        GetsDense = parts.All(part => part.GetsDense);
        _rowsAreDense = [.. Enumerable.Range(0, recipe.Shape.Rank).Select(row => parts.All(part => part.HasDenseRows(row)))];
    }

    public override bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        tile = default;
        if (region.Length == 0)
            return false;

        int part = _recipe.Along.IndexOf(region.Start[_recipe.Axis]);
        return region.End(_recipe.Axis) <= _recipe.Along.EndOf(part) && _parts[part].TryView(_recipe.Within(region, part), blocks, out tile);
    }

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        Span<long> at = stackalloc long[region.Rank];
        at.Clear();
        foreach ((int part, Region inside) in _recipe.Pieces(region))
        {
            _parts[part].Fill(inside, destination.At(at), context);
            at[_recipe.Axis] += inside.Extent[_recipe.Axis];
        }
    }

    public override long ScratchBytes(Region within, Shape extent) =>
        Rounded(extent.Length * ElementType.Size) + FillBytes(within, extent, isDense: true);

    /// <summary>That of the part that takes the most: parts are filled one after another.</summary>
    public override long FillBytes(Region within, Shape extent, bool isDense)
    {
        bool arePartsDense = isDense && extent.AsSpan()[.._recipe.Axis].IndexOfAnyExcept(1) < 0;
        long most = 0;
        foreach ((int part, Region inside) in _recipe.Pieces(within))
            most = Math.Max(most, _parts[part].FillBytes(inside, Cut(extent, inside.Extent[_recipe.Axis]), arePartsDense));
        return most;
    }

    /// <summary>Parts in memory may be looked at where they are.</summary>
    public override bool HasDenseRows(int axis) => _rowsAreDense[axis];

    public override bool GetsDense { get; }

    private Shape Cut(Shape extent, long most)
    {
        if (extent[_recipe.Axis] <= most)
            return extent;
        long[] sizes = extent.ToArray();
        sizes[_recipe.Axis] = most;
        return Shape.Create(sizes);
    }
}
