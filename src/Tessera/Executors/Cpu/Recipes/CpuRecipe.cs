using Tessera.Kernels;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>A recipe as this process fills tiles by it, and the scratch memory that it takes for that. Used by many threads at once.</summary>
internal abstract class CpuRecipe(Recipe recipe)
{
    public ElementType ElementType => recipe.ElementType;

    public Shape Shape => recipe.Shape;

    /// <summary>True where every region can be had in place, so that getting it takes no memory.</summary>
    public virtual bool IsInMemory => false;

    /// <summary>How much of a region is made at a time.</summary>
    public virtual Shape TileOf(Shape extent) => extent;

    /// <summary>The elements where they already lie in memory, if they do.</summary>
    /// <param name="region">Which.</param>
    /// <param name="blocks">Of the run; null for elements that lie in memory before one begins.</param>
    /// <param name="tile">Where they lie.</param>
    public virtual bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        tile = default;
        return false;
    }

    /// <summary>Writes the elements of a region to a tile of the same extent.</summary>
    public abstract void Fill(Region region, Tile destination, TaskContext context);

    /// <summary>The elements of a region, in place or in scratch memory.</summary>
    public virtual Tile Get(Region region, TaskContext context)
    {
        if (TryView(region, context.Blocks, out Tile tile))
            return tile;

        tile = Tile.Dense(context.Scratch.Take(region.Length * ElementType.Size), region.Extent, ElementType);
        Fill(region, tile, context);
        return tile;
    }

    /// <summary>
    /// An upper bound of the scratch bytes that <see cref="Get"/> takes for any box of the given extent within a region. Asks only what the region touches, as
    /// <see cref="Recipe.Visit"/> does: a plan asks for each of its tasks, and a concatenation may have a hundred thousand parts.
    /// </summary>
    public abstract long ScratchBytes(Region within, Shape extent);

    /// <summary>The same for <see cref="Fill"/> of a tile that lies dense or doesn't.</summary>
    public virtual long FillBytes(Region within, Shape extent, bool isDense) => ScratchBytes(within, extent);

    /// <summary>
    /// The part of <see cref="ScratchBytes"/> that is in use when <see cref="Get"/> is done: the elements themselves, unless they lie in memory already.
    /// </summary>
    public virtual long GotBytes(Region within, Shape extent) => Rounded(extent.Length * ElementType.Size);

    /// <summary>True where neighbours along the axis, of which those after it have size 1, are neighbours in what <see cref="Get"/> gives.</summary>
    public virtual bool HasDenseRows(int axis) => true;

    /// <summary>True where what <see cref="Get"/> gives lies dense in C order, and not in place in something larger.</summary>
    public virtual bool GetsDense => true;

    /// <summary>Copies a box between two layouts.</summary>
    protected void Copy(Tile source, Tile destination, Shape extent) =>
        StridedCopy.Copy(source.Address, source.Strides, destination.Address, destination.Strides, extent.AsSpan(), ElementType.Size);

    protected static long Rounded(long bytes) => Scratch.Rounded(bytes);
}
