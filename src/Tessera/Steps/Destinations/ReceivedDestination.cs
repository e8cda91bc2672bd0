using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>A managed array, for the value that is made of it.</summary>
internal sealed class ReceivedDestination(ReceivedOutput output, ElementType elementType) : Destination(elementType)
{
    public ReceivedOutput Output => output;

    public override long OutputBytes(int cell, Region region) => region.Length * ElementType.Size;

    public override T Accept<T>(IDestinationKinds<T> kinds) => kinds.Of(this);
}
