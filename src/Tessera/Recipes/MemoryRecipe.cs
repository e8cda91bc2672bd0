using Tessera.Storage;

namespace Tessera.Recipes;

/// <summary>Elements that lie in memory, dense in C order.</summary>
internal sealed class MemoryRecipe(MemorySource source) : Recipe(source.ElementType, source.Shape)
{
    public MemorySource Source => source;

    public override Alignment Alignment => Alignment.None(Shape.Rank);

    public override void Visit(Region region, IRecipeVisitor visitor) => visitor.Read(source, region);

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);
}
