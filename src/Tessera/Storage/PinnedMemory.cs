using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.Storage;

/// <summary>Keeps a managed array or tensor where it is, for as long as somebody reads it by address.</summary>
internal sealed class PinnedMemory : IDisposable
{
    private GCHandle _array;
    private int _isFree;
    private MemoryHandle _memory;

    private PinnedMemory(Array elements) => _array = GCHandle.Alloc(elements, GCHandleType.Pinned);

    private PinnedMemory(MemoryHandle memory) => _memory = memory;

    ~PinnedMemory() => Free();

    /// <summary>Lets the memory go at once.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    public static MemorySource Of(Array elements, ElementType type, Shape shape)
    {
        var owner = new PinnedMemory(elements);
        return new MemorySource($"memory {type.Name} {shape}", type, shape, owner._array.AddrOfPinnedObject(), owner);
    }

    public static unsafe MemorySource Of<T>(ReadOnlyMemory<T> elements, ElementType type, Shape shape)
        where T : unmanaged
    {
        var owner = new PinnedMemory(elements.Pin());
        return new MemorySource($"memory {type.Name} {shape}", type, shape, (nint)owner._memory.Pointer, owner);
    }

    public static unsafe MemorySource Of<T>(Tensor<T> elements, ElementType type, Shape shape)
        where T : unmanaged
    {
        var owner = new PinnedMemory(elements.GetPinnedHandle());

        // The handle points to the memory that the tensor is a part of; its own first element may lie further on, as only its span says.
        fixed (T* first = elements.AsTensorSpan())
            return new MemorySource($"memory {type.Name} {shape}", type, shape, (nint)first, owner);
    }

    private void Free()
    {
        if (Interlocked.Exchange(ref _isFree, 1) == 1)
            return;
        if (_array.IsAllocated)
            _array.Free();
        _memory.Dispose();
    }
}
