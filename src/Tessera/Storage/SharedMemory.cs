using Tessera.Memory;

namespace Tessera.Storage;

/// <summary>A source in memory on its way to another process: where its elements lie in memory that both can map.</summary>
internal sealed class SharedMemory(string name, ElementType type, Shape shape, string pages, long offset) : ITravelForm<MemorySource>
{
    public MemorySource Open()
    {
        long bytes = Math.Max(1, shape.Length * type.Size);
        SharedView view = MappedPages.Of(pages).Map(offset, bytes);
        return new MemorySource(name, type, shape, view.Address, view);
    }
}
