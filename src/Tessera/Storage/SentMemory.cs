using System.Runtime.Serialization;
using Tessera.Diagnostics;

namespace Tessera.Storage;

/// <summary>A source in memory on its way to another process, with its elements.</summary>
internal sealed unsafe class SentMemory : ITravelForm<MemorySource>
{
    private readonly string _name;
    private readonly ElementType _type;
    private readonly Shape _shape;
    private readonly byte[] _elements;

    public SentMemory(MemorySource source)
    {
        (_name, _type, _shape) = (source.Name, source.ElementType, source.Shape);
        long bytes = _shape.Length * _type.Size;
        if (bytes > Array.MaxLength)
        {
            throw new SerializationException(
                $"The delayed elements {_name} have {ByteSize.Format(bytes)}; {ByteSize.Format(Array.MaxLength)} at most can be sent to a worker process at a time. " +
                "Deliver them in parts.");
        }

        using var inUse = new MemoryInUse(source);
        _elements = GC.AllocateUninitializedArray<byte>((int)bytes);
        new ReadOnlySpan<byte>((void*)source.Address, (int)bytes).CopyTo(_elements);
        GC.KeepAlive(source);
    }

    public MemorySource Open()
    {
        // The bytes may be on their way yet; the array is there, and they come into it.
        MemorySource bytes = PinnedMemory.Of(_elements, ElementType.Byte, [_elements.Length]);
        return new MemorySource(_name, _type, _shape, bytes.Address, bytes);
    }
}
