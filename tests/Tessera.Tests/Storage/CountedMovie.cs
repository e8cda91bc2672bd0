using System.Runtime.InteropServices;

namespace Tessera.Tests.Storage;

/// <summary>Frames of a formula that are decoded whole, and counted; none is kept, so that there may be many.</summary>
internal sealed class CountedMovie(int frames, int size) : IBlockSource
{
    /// <summary>How often each frame was read.</summary>
    public int[] Decodes { get; } = new int[frames];

    public string Name => "movie";

    public ElementType ElementType => ElementType.UInt16;

    public Shape Shape => [frames, size, size];

    public Shape StorageChunks => [1, size, size];

    public bool IsCheap => false;

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        Span<ushort> to = MemoryMarshal.Cast<byte, ushort>(destination);
        int perFrame = to.Length / (int)region.Extent[0];
        for (int i = 0; i < region.Extent[0]; i++)
        {
            Interlocked.Increment(ref Decodes[region.Start[0] + i]);
            to.Slice(i * perFrame, perFrame).Fill((ushort)(region.Start[0] + i));
        }
    }
}
