using Tessera.Memory;

namespace Tessera.Storage;

/// <summary>
/// The arrays in memory that an expression reads, once more in memory that worker processes share: all processes read the one copy, and none is sent.
/// </summary>
internal sealed class SharedSources(BlockPool blocks, SharedPages pages) : IDisposable
{
    [ThreadStatic]
    private static SharedSources? _current; // while a message is being written: sources are asked for their replacement without knowing for whom

    private readonly Dictionary<MemorySource, Block> _shared = new(ReferenceEqualityComparer.Instance);

    /// <summary>Writes something in which sources travel as what is shared.</summary>
    public T While<T>(Func<T> write)
    {
        SharedSources? outer = _current;
        _current = this;
        try
        {
            return write();
        }
        finally
        {
            _current = outer;
        }
    }

    /// <summary>Where the shared copy lies, made now if need be; null where nothing is being shared.</summary>
    public static unsafe SharedMemory? Find(MemorySource source)
    {
        if (_current is not { } current)
            return null;
        if (!current._shared.TryGetValue(source, out Block? block))
        {
            using var inUse = new MemoryInUse(source);
            long bytes = source.Shape.Length * source.ElementType.Size;
            current._shared.Add(source, block = current.Blocks.Rent(bytes));
            MemoryLedger.Shared.AddOutside(block.Bytes);
            Buffer.MemoryCopy((void*)source.Address, (void*)block.Address, bytes, bytes);
            GC.KeepAlive(source);
        }

        return new SharedMemory(source.Name, source.ElementType, source.Shape, current.Pages.Path, current.Pages.RangeOf(block.Address).Offset);
    }

    public void Dispose()
    {
        foreach (Block block in _shared.Values)
        {
            MemoryLedger.Shared.AddOutside(-block.Bytes);
            block.Dispose();
        }

        _shared.Clear();
    }

    private BlockPool Blocks => blocks;

    private SharedPages Pages => pages;
}
