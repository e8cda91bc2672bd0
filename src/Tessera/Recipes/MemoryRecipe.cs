namespace Tessera.Recipes;

/// <summary>Elements that lie in memory: nothing is copied until someone asks for another layout.</summary>
internal sealed class MemoryRecipe(IBlockSource source, Tile elements) : Recipe(source.ElementType, source.Shape)
{
    private readonly IBlockSource _source = source; // keeps the memory alive

    public override Alignment Alignment => Alignment.None(Shape.Rank);

    public override bool IsInMemory => true;

    public override bool TryView(Region region, out Tile tile)
    {
        tile = elements.At(region.Start);
        return true;
    }

    public override void Fill(Region region, Tile destination, TaskContext context) => Copy(elements.At(region.Start), destination, region.Extent);

    public override void Visit(Region region, IRecipeVisitor visitor) => visitor.Read(_source, region);

    public override long ScratchBytes(Region within, Shape extent) => 0;

    public override long FillBytes(Region within, Shape extent, bool isDense) => 0;

    public override bool GetsDense => false;

    public override long GotBytes(Region within, Shape extent) => 0;
}
