namespace Tessera.Steps;

/// <summary>Memory that holds the whole result, dense in C order.</summary>
internal sealed class MemoryDestination(nint address, ElementType elementType, Shape shape) : Destination(elementType)
{
    public nint Address => address;

    public Shape Shape => shape;

    public override T Accept<T>(IDestinationKinds<T> kinds) => kinds.Of(this);
}
