using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>What a task has at hand: the worker's scratch memory, the blocks of the run and its cancellation.</summary>
internal sealed class TaskContext(BlockStore blocks, CancellationToken cancellation) : IDisposable
{
    public Scratch Scratch { get; } = new();

    public BlockStore Blocks => blocks;

    public CancellationToken Cancellation { get; } = cancellation;

    public void Dispose() => Scratch.Dispose();
}
