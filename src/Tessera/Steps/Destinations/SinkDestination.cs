namespace Tessera.Steps;

/// <summary>A sink, which takes each cell as it is made.</summary>
internal sealed class SinkDestination(IBlockSink sink, ElementType elementType) : Destination(elementType)
{
    public IBlockSink Sink => sink;

    public override Shape? Chunks => sink.StorageChunks;

    public override T Accept<T>(IDestinationKinds<T> kinds) => kinds.Of(this);
}
