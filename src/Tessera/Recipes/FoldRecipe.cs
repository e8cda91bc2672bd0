using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>A reduction over the value of fused inputs: regions of the inputs enter states, states are joined, and become results.</summary>
/// <param name="reduction">How values enter, and what becomes of them.</param>
/// <param name="inputs">What enters.</param>
/// <param name="reduced">Which axes go away.</param>
/// <param name="isCompiled">True where there are so many elements that compiling the programs saves time.</param>
internal sealed class FoldRecipe(Reduction reduction, FusedInputs inputs, bool[] reduced, bool isCompiled)
{
    public Reduction Reduction => reduction;

    public FusedInputs Inputs => inputs;

    /// <summary>Which axes go away.</summary>
    public ReadOnlySpan<bool> Reduced => reduced;

    public bool IsCompiled => isCompiled;

    public Alignment Alignment => inputs.Alignment;

    public Alignment CellAlignment => inputs.CellAlignment;

    public bool IsDelivered => inputs.IsDelivered;

    public long DeliveredBytesPerElement => inputs.DeliveredBytesPerElement;

    public Shape Shape => inputs.Shape;

    public void Visit(Region domain, IRecipeVisitor visitor) => inputs.Visit(domain, visitor);
}
