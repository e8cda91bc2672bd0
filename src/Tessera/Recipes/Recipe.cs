using Tessera.Kernels;
using Tessera.Steps;

namespace Tessera.Recipes;

/// <summary>
/// How to get the elements of any region of an array: a tree of physical operators, made by lowering from an expression. Each says which regions
/// of its inputs it needs for a region of its own. Immutable, and used by many threads at once.
/// </summary>
internal abstract class Recipe(ElementType elementType, Shape shape)
{
    public ElementType ElementType { get; } = elementType;

    public Shape Shape { get; } = shape;

    /// <summary>
    /// Where tiles must be cut, or storage chunks are decoded twice. Nothing else asks for a cut of tiles, since a unit along one axis takes room from
    /// the rows along another.
    /// </summary>
    public abstract Alignment Alignment { get; }

    /// <summary>Where tasks are best cut: as tiles are, but for elements that earlier steps and calls leave in blocks.</summary>
    public virtual Alignment CellAlignment => Alignment;

    /// <summary>What is had in one piece, so that a part of it costs as much as all: storage chunks, blocks.</summary>
    public virtual Alignment Units => Alignment.Join(CellAlignment);

    /// <summary>True where calls deliver elements, which are in memory from the call until the last task that needs them is done.</summary>
    public virtual bool IsDelivered => false;

    /// <summary>True where the elements are the same all along an axis (a broadcast), so that one of them does for a row.</summary>
    public virtual bool Repeats(int axis) => false;

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

    /// <summary>Reports what filling a region needs: blocks of earlier steps, and bytes read from sources.</summary>
    public abstract void Visit(Region region, IRecipeVisitor visitor);

    /// <summary>
    /// An upper bound of the scratch bytes that <see cref="Get"/> takes for any box of the given extent within a region. Asks only what the region touches, as
    /// <see cref="Visit"/> does: a plan asks for each of its tasks, and a concatenation may have a hundred thousand parts.
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

    /// <summary>The answer for this kind of recipe.</summary>
    public abstract T Accept<T>(IRecipeKinds<T> kinds);

    /// <summary>Copies a box between two layouts.</summary>
    protected void Copy(Tile source, Tile destination, Shape extent) =>
        StridedCopy.Copy(source.Address, source.Strides, destination.Address, destination.Strides, extent.AsSpan(), ElementType.Size);

    protected static long Rounded(long bytes) => Scratch.Rounded(bytes);
}

/// <summary>Hears what a region needs.</summary>
internal interface IRecipeVisitor
{
    /// <summary>A block of an earlier step; may be named more than once, as all of these.</summary>
    void Block(BlocksOutput output, long block);

    /// <summary>The value of a call.</summary>
    void Value(ValuesOutput output, int call);

    /// <summary>A cell of an array that becomes a value.</summary>
    void Cell(ReceivedOutput output, int cell);

    /// <summary>Elements read from a source.</summary>
    void Read(IBlockSource source, Region region);
}
