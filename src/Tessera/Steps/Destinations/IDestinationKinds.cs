namespace Tessera.Steps;

/// <summary>An answer for each kind of destination: how an executor writes to it, say.</summary>
internal interface IDestinationKinds<out T>
{
    T Of(BlocksDestination destination);

    T Of(MemoryDestination destination);

    T Of(SinkDestination destination);

    T Of(ReceivedDestination destination);

    T Of(PlacedDestination destination);
}
