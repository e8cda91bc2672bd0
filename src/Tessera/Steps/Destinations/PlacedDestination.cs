namespace Tessera.Steps;

/// <summary>In a worker process: results go to memory of the process that asked for them, which says with each task where.</summary>
internal sealed class PlacedDestination(ElementType elementType, Shape? chunks) : Destination(elementType)
{
    public override Shape? Chunks => chunks;

    public override T Accept<T>(IDestinationKinds<T> kinds) => kinds.Of(this);
}
