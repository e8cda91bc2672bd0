namespace Tessera.Serialization;

internal sealed class ReferenceSlot<T> : Slot<T>
    where T : class?
{
    public override void Write(MessageWriter writer, in T value) => writer.WriteReference(value);

    public override T Read(MessageReader reader) => (T)reader.ReadReference()!;

    public override void WriteBoxed(MessageWriter writer, object? value) => writer.WriteReference(value);

    public override object? ReadBoxed(MessageReader reader) => reader.ReadReference();
}
