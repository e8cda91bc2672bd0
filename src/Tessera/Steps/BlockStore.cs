using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>
/// Where the blocks of one run lie. A block is an output and a number in it; whether its bytes are in this process, in shared memory or somewhere else is
/// the store's affair. It has an address while it is pinned, and is there until its last reader is done. Used by many threads at once.
/// </summary>
/// <example>
/// A task that makes block 2 of <c>b</c> from block 0 of <c>a</c>, which nobody else reads:
/// <code>
/// Pin(a, 0)   AddressOf(a, 0)   Make(b, 2)   Unpin(a, 0)   Unpin(b, 2)   Release(a, 0)
/// </code>
/// </example>
internal abstract class BlockStore : IDisposable
{
    /// <summary>The run may come to have blocks of this output.</summary>
    public abstract void Open(BlocksOutput output);

    /// <summary>Memory for a block, of undefined content, pinned for the task that fills it. A task that is repeated makes its block anew.</summary>
    /// <returns>Where it lies.</returns>
    public abstract nint Make(BlocksOutput output, long block);

    /// <summary>
    /// A block that begins with what another of the output holds, for a task that goes on with it. The other stays as it is where a task may be repeated; a store
    /// whose tasks are done once may pass its memory on, if nobody else reads it.
    /// </summary>
    public abstract nint Continue(BlocksOutput output, long from, long block);

    /// <summary>Where a pinned block lies.</summary>
    public abstract nint AddressOf(BlocksOutput output, long block);

    /// <summary>A task that reads the block begins: it has an address until the task is over.</summary>
    public abstract void Pin(BlocksOutput output, long block);

    /// <summary>A task that read or made the block is over, well or not. Comes for the block that it was to make even if it failed before it made it.</summary>
    public abstract void Unpin(BlocksOutput output, long block);

    /// <summary>The last reader is done.</summary>
    public abstract void Release(BlocksOutput output, long block);

    /// <summary>Gives back what a stopped run left.</summary>
    public abstract void Dispose();
}
