namespace Tessera.Recipes;

/// <summary>
/// What the elements of any region of an array are: a tree of physical operators, made by lowering from an expression. It is data. Each operator says which
/// regions of its inputs it needs for a region of its own, and where it is best cut; how elements are made of that, an executor knows
/// (<see cref="IRecipeKinds{T}"/>). Immutable, and used by many threads at once.
/// </summary>
internal abstract class Recipe(ElementType elementType, Shape shape)
{
    public ElementType ElementType { get; } = elementType;

    public Shape Shape { get; } = shape;

    /// <summary>The operators whose elements this one takes.</summary>
    public virtual ReadOnlySpan<Recipe> Inputs => [];

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

    /// <summary>Reports what the elements of a region need: blocks of earlier steps, and bytes read from sources.</summary>
    public abstract void Visit(Region region, IRecipeVisitor visitor);

    /// <summary>The answer for this kind of recipe.</summary>
    public abstract T Accept<T>(IRecipeKinds<T> kinds);
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
