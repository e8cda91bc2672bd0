namespace Tessera.Recipes;

/// <summary>Elements that a source delivers, dense, a region at a time.</summary>
internal sealed class SourceRecipe(IBlockSource source) : Recipe(source.ElementType, source.Shape)
{
    public IBlockSource Source => source;

    public override Alignment Alignment { get; } = Alignment.Of(source.StorageChunks, source.Shape).WithWholeShortRows(source.Shape);

    public override void Visit(Region region, IRecipeVisitor visitor) => visitor.Read(source, region);

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);
}
