using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>Blocks for later steps.</summary>
internal sealed class BlocksDestination(BlocksOutput output) : Destination(output.ElementType)
{
    public BlocksOutput Output => output;

    public override long OutputBytes(int cell, Region region) => output.BytesOf(cell);

    public override T Accept<T>(IDestinationKinds<T> kinds) => kinds.Of(this);
}
