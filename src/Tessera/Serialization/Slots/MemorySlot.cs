using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tessera.Serialization;

/// <summary>A window on an array or a string. The mark of pinned arrays, which memory carries in a bit of its start, doesn't travel.</summary>
internal sealed class ReadOnlyMemorySlot<T> : Slot<ReadOnlyMemory<T>>
{
    public override void Write(MessageWriter writer, in ReadOnlyMemory<T> value)
    {
        if (MemoryMarshal.TryGetMemoryManager<T, MemoryManager<T>>(value, out _))
            writer.Refuse(typeof(ReadOnlyMemory<T>), Refusals.ManagedMemory);
        (object? whole, int start, int length) = Parts(value);
        writer.WriteReference(whole);
        writer.WriteNumber((uint)start);
        writer.WriteNumber((uint)length);
    }

    public override ReadOnlyMemory<T> Read(MessageReader reader)
    {
        object? whole = reader.ReadReference();
        (int start, int length) = ((int)reader.ReadNumber(), (int)reader.ReadNumber());
        return whole switch
        {
            null => default,
            T[] array => array.AsMemory(start, length),
            string text => (ReadOnlyMemory<T>)(object)text.AsMemory(start, length),
            _ => throw new UnreachableException($"Memory over {whole.GetType()} was refused when it was written."),
        };
    }

    public override string? PathTo(object? value, object child) =>
        ReferenceEquals(Parts((ReadOnlyMemory<T>)value!).Whole, child) ? "" : null;

    private static (object? Whole, int Start, int Length) Parts(ReadOnlyMemory<T> value)
    {
        if (MemoryMarshal.TryGetArray(value, out ArraySegment<T> segment))
            return (segment.Array, segment.Offset, segment.Count);
        if ((object)value is ReadOnlyMemory<char> chars && MemoryMarshal.TryGetString(chars, out string? text, out int start, out int length))
            return (text, start, length);
        return default;
    }
}

/// <summary>Memory that can be written to; travels as the read-only one does.</summary>
internal sealed class MemorySlot<T> : Slot<Memory<T>>
{
    public override void Write(MessageWriter writer, in Memory<T> value) => Slot<ReadOnlyMemory<T>>.Instance.Write(writer, value);

    public override Memory<T> Read(MessageReader reader) => MemoryMarshal.AsMemory(Slot<ReadOnlyMemory<T>>.Instance.Read(reader));

    public override string? PathTo(object? value, object child) =>
        Slot<ReadOnlyMemory<T>>.Instance.PathTo((ReadOnlyMemory<T>)(Memory<T>)value!, child);
}
