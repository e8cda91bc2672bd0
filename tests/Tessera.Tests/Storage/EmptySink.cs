using Tessera.Memory;

namespace Tessera.Tests.Storage;

/// <summary>Takes elements of any type and forgets them, after it has rented what it says that it works with.</summary>
internal sealed class EmptySink(Shape storageChunks) : IBlockSink
{
    public string Name => "empty sink";

    public Shape StorageChunks => storageChunks;

    public long Working { get; init; }

    public bool WritesAsync { get; init; }

    public long WorkingBytes(Region region) => Working;

    public void Begin(ElementType elementType, Shape shape)
    {
    }

    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation) => BlockPool.Shared.Rent(Working).Dispose();

    public ValueTask WriteAsync(Region region, ReadOnlyMemory<byte> elements, CancellationToken cancellation)
    {
        Write(region, elements.Span, cancellation);
        return ValueTask.CompletedTask;
    }

    public void Complete()
    {
    }

    public void Abandon()
    {
    }
}
