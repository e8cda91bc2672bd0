using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>In a worker process: blocks of the process that asks, which says with each task where those lie that it reads, and where its own is to be.</summary>
internal sealed class PlacedBlocks : BlockStore
{
    private readonly Dictionary<(BlocksOutput Output, long Block), nint> _places = [];

    /// <summary>Where the results of the task go, a block or not.</summary>
    public nint Results { get; set; }

    /// <summary>Says where a block lies for the next task.</summary>
    public void Place(BlocksOutput output, long block, nint address) => _places[(output, block)] = address;

    /// <summary>After a task.</summary>
    public void Forget() => _places.Clear();

    public override void Open(BlocksOutput output)
    {
    }

    public override nint Make(BlocksOutput output, long block) => Results;

    public override unsafe nint Continue(BlocksOutput output, long from, long block)
    {
        long bytes = output.SizeOf(block);
        Buffer.MemoryCopy((void*)AddressOf(output, from), (void*)Results, bytes, bytes);
        return Results;
    }

    public override nint AddressOf(BlocksOutput output, long block) => _places[(output, block)];

    public override void Pin(BlocksOutput output, long block)
    {
    }

    public override void Unpin(BlocksOutput output, long block)
    {
    }

    public override void Release(BlocksOutput output, long block)
    {
    }

    public override void Dispose() => Forget();
}
