namespace Tessera.Recipes;

/// <summary>
/// Elements that a call has put into memory by the time that they are needed. They come whole: a task that needs a part of them waits for all,
/// so that tasks are best cut where they begin and end.
/// </summary>
internal sealed class DeliveredRecipe(ValuesOutput values, int call, ElementType elementType, Shape shape) : Recipe(elementType, shape)
{
    public override Alignment Alignment => Alignment.None(Shape.Rank);

    public override Alignment CellAlignment => Alignment.Of(Shape, Shape);

    public override bool IsDelivered => true;

    public override bool TryView(Region region, out Tile tile)
    {
        tile = Tile.Dense(values.ElementsOf(call).Address, Shape, ElementType).At(region.Start);
        return true;
    }

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        TryView(region, out Tile tile);
        Copy(tile, destination, region.Extent);
    }

    public override void Visit(Region region, IRecipeVisitor visitor) => visitor.Block(values, call);

    public override long ScratchBytes(Region within, Shape extent) => 0;

    public override long FillBytes(Region within, Shape extent, bool isDense) => 0;

    public override bool GetsDense => false;

    public override long GotBytes(Region within, Shape extent) => 0;
}
