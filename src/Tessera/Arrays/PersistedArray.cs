using Tessera.Expressions;
using Tessera.Storage;

namespace Tessera;

/// <summary>
/// An array whose elements lie in memory: what <see cref="ChunkedArray{T}.Persist"/> gives. It is used as any other array.
/// <code>
/// using var frames = movie.Persist();
/// double mean = frames.Mean().Compute();
/// </code>
/// </summary>
/// <remarks>
/// Disposing gives the memory back; computations under way finish with it first. From then on, computing this array, or one that was built on it,
/// throws an <see cref="ObjectDisposedException"/>; shapes and plans can still be asked for. Without disposing, the memory is given back when the
/// garbage collector finds neither this array nor one built on it in use.
/// </remarks>
public sealed class PersistedArray<T> : ChunkedArray<T>, IDisposable
    where T : unmanaged
{
    internal PersistedArray(MemorySource elements, ChunkGrid chunks)
        : base(new Source(elements, chunks))
    {
    }

    /// <summary>Gives the memory back, once the last computation under way that reads it is over. A second time does nothing.</summary>
    public void Dispose() => ((MemorySource)((Source)Expression).Blocks).End();
}
