using System.Runtime.InteropServices;

namespace Tessera.Storage;

/// <summary>The numbers 0, 1, 2, … below <paramref name="count"/>.</summary>
internal sealed class IndexSource(long count) : IGeneratedSource
{
    public string Name => $"indexes below {count}";

    public ElementType ElementType => ElementType.Int64;

    public Shape Shape => [count];

    public Shape StorageChunks => [1];

    public bool IsCheap => true;

    public ReadCost Cost => ReadCost.Memory;

    public ITravelForm<IBlockSource> TravelForm => new Form(count);

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        Span<long> elements = MemoryMarshal.Cast<byte, long>(destination);
        long first = region.Start[0];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = first + i;
    }

    private sealed record Form(long Count) : ITravelForm<IndexSource>
    {
        public IndexSource Open() => new(Count);
    }

    public override bool Equals(object? obj) => obj is IndexSource other && other.Shape == Shape;

    public override int GetHashCode() => Shape.GetHashCode();
}
