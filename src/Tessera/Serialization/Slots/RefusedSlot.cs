using System.Diagnostics;

namespace Tessera.Serialization;

/// <summary>A field of a type that no generic code can have, such as a pointer.</summary>
internal sealed class RefusedSlot(Type type, Refusal refusal) : Slot
{
    public override void WriteBoxed(MessageWriter writer, object? value) => writer.Refuse(type, refusal);

    public override object ReadBoxed(MessageReader reader) => throw new UnreachableException($"{type} was refused when it was written.");
}

/// <summary>A struct that can't travel.</summary>
internal sealed class RefusedSlot<T>(Refusal refusal) : Slot<T>
{
    public override void Write(MessageWriter writer, in T value) => writer.Refuse(typeof(T), refusal);

    public override T Read(MessageReader reader) => throw new UnreachableException($"{typeof(T)} was refused when it was written.");
}
