namespace Tessera.Recipes;

/// <summary>Elements that an earlier step of the run made: in place inside one block, else put together from several.</summary>
internal sealed class BlocksRecipe(BlocksOutput output) : Recipe(output.ElementType, output.Grid.Shape)
{
    private const long LongRow = 256;

    public BlocksOutput Output => output;

    /// <summary>Memory can be read anywhere: a tile that lies across blocks is put together, and costs a copy.</summary>
    public override Alignment Alignment => Alignment.None(Shape.Rank);

    /// <summary>A task that reads whole blocks waits for few, and gives them back early; but rows of a few elements are slow to work on.</summary>
    public override Alignment CellAlignment => HasLongRows ? Units : Alignment;

    public override Alignment Units => Alignment.Of(output.Usual, Shape);

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        foreach (ReadOnlySpan<long> place in TouchedBlocks(region).Indices())
            visitor.Block(output, NumberOf(place));
    }

    /// <summary>The places in the grid of the blocks in which a region lies.</summary>
    public Region TouchedBlocks(Region region)
    {
        if (region.Length == 0)
            return new Region(region.Extent);

        Span<long> first = stackalloc long[region.Rank], count = stackalloc long[region.Rank];
        for (int axis = 0; axis < region.Rank; axis++)
        {
            first[axis] = output.Grid[axis].IndexOf(region.Start[axis]);
            count[axis] = output.Grid[axis].IndexOf(region.End(axis) - 1) - first[axis] + 1;
        }

        return new Region(first, Shape.Create(count));
    }

    /// <summary>The number of the block at a place in the grid.</summary>
    public long NumberOf(ReadOnlySpan<long> place)
    {
        long block = 0;
        for (int axis = 0; axis < place.Length; axis++)
            block = block * output.Grid[axis].Count + place[axis];
        return block;
    }

    /// <summary>True for a region that lies in one block: that block, and its cell.</summary>
    public bool LiesInOne(Region region, out long block, out Region cell)
    {
        (block, cell) = (-1, default);
        if (region.Length == 0)
            return false;

        block = BlockAt(region.Start);
        cell = output.Grid.RegionOf(block);
        for (int axis = 0; axis < region.Rank; axis++)
        {
            if (region.End(axis) > cell.End(axis))
                return false;
        }

        return true;
    }

    private long BlockAt(ReadOnlySpan<long> position)
    {
        long block = 0;
        for (int axis = 0; axis < position.Length; axis++)
            block = block * output.Grid[axis].Count + output.Grid[axis].IndexOf(position[axis]);
        return block;
    }

    private bool HasLongRows
    {
        get
        {
            int inner = Shape.Rank - 1;
            while (inner >= 0 && Shape[inner] <= 1)
                inner--;
            return inner < 0 || output.Usual[inner] >= Math.Min(Shape[inner], LongRow);
        }
    }
}
