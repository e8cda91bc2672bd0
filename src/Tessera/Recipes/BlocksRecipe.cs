using Tessera.Steps;

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

    public override bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        tile = default;
        if (!LiesInOne(region, out long block, out Region cell))
            return false;

        tile = Tile.Dense(blocks!.AddressOf(output, block), cell.Extent, ElementType).At(region.RelativeTo(cell.Start).Start);
        return true;
    }

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        foreach (long block in Touched(region))
        {
            Region cell = output.Grid.RegionOf(block), shared = cell.Intersect(region);
            Tile from = Tile.Dense(context.Blocks.AddressOf(output, block), cell.Extent, ElementType).At(shared.RelativeTo(cell.Start).Start);
            Copy(from, destination.At(shared.RelativeTo(region.Start).Start), shared.Extent);
        }
    }

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        foreach (long block in Touched(region))
            visitor.Block(output, block);
    }

    public override long ScratchBytes(Region within, Shape extent) =>
        LiesInOne(within, out _, out _) ? 0 : Rounded(extent.Length * ElementType.Size);

    public override long FillBytes(Region within, Shape extent, bool isDense) => 0;

    public override bool GetsDense => false;

    public override long GotBytes(Region within, Shape extent) => ScratchBytes(within, extent);

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

    private bool LiesInOne(Region region, out long block, out Region cell)
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

    private IEnumerable<long> Touched(Region region)
    {
        if (region.Length == 0)
            yield break;

        ChunkGrid grid = output.Grid;
        int[] first = new int[region.Rank], last = new int[region.Rank];
        for (int axis = 0; axis < region.Rank; axis++)
        {
            first[axis] = grid[axis].IndexOf(region.Start[axis]);
            last[axis] = grid[axis].IndexOf(region.End(axis) - 1);
        }

        int[] at = [.. first];
        while (true)
        {
            long block = 0;
            for (int axis = 0; axis < at.Length; axis++)
                block = block * grid[axis].Count + at[axis];
            yield return block;

            int step = at.Length - 1;
            while (step >= 0 && ++at[step] > last[step])
                at[step] = first[step--];
            if (step < 0)
                yield break;
        }
    }
}
