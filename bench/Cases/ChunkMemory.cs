namespace Tessera.Bench;

/// <summary>Takes chunks of bytes one behind the other into memory that was touched before: what a file writer sees, without a file.</summary>
internal sealed class ChunkMemory : IBlockSink
{
    private readonly Shape _shape;
    private readonly byte[][] _chunks;

    public ChunkMemory(Shape shape, Shape chunks)
    {
        (_shape, StorageChunks) = (shape, chunks);
        _chunks = [.. Enumerable.Range(0, (int)(shape.Length / chunks.Length)).Select(_ => new byte[chunks.Length])];
        foreach (byte[] chunk in _chunks)
            Array.Fill(chunk, (byte)1);
    }

    public string Name => "memory of the benchmark";

    public Shape StorageChunks { get; }

    public void Begin(ElementType elementType, Shape shape)
    {
        if (elementType != ElementType.Byte || shape != _shape)
            throw new NotSupportedException($"{elementType.Name} of the shape {shape} came to memory for bytes of the shape {_shape}.");
    }

    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        if (region.Extent != StorageChunks)
            throw new NotSupportedException($"{region} came to a sink for single chunks of the shape {StorageChunks}.");

        long chunk = 0;
        for (int axis = 0; axis < region.Rank; axis++)
            chunk = (chunk * (_shape[axis] / StorageChunks[axis])) + (region.Start[axis] / StorageChunks[axis]);
        elements.CopyTo(_chunks[chunk]);
    }

    public void Complete()
    {
    }

    public void Abandon()
    {
    }

    public byte this[int chunk, int element] => _chunks[chunk][element];

    public long Sum() => _chunks.Sum(chunk => chunk.Sum(element => (long)element));
}
