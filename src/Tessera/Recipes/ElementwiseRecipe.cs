namespace Tessera.Recipes;

/// <summary>An elementwise chain as one program.</summary>
/// <param name="fused">The inputs, and the program that makes one value of them.</param>
/// <param name="isCompiled">True where there are so many elements that compiling the program saves time.</param>
internal sealed class ElementwiseRecipe(FusedInputs fused, bool isCompiled)
    : Recipe(fused.Program.Nodes[fused.Program.Outputs[0].Node].Type, fused.Shape)
{
    public FusedInputs Fused => fused;

    public bool IsCompiled => isCompiled;

    public override ReadOnlySpan<Recipe> Inputs => fused.Recipes;

    public override Alignment Alignment => fused.Alignment;

    public override Alignment CellAlignment => fused.CellAlignment;

    public override bool IsDelivered => fused.IsDelivered;

    public override void Visit(Region region, IRecipeVisitor visitor) => fused.Visit(region, visitor);

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);
}
