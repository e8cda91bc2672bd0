namespace Tessera.Serialization;

/// <summary>A nullable struct with references in it.</summary>
internal sealed class NullableSlot<T> : Slot<T?>
    where T : struct
{
    public override void Write(MessageWriter writer, in T? value)
    {
        writer.WriteRaw(value.HasValue);
        if (value.HasValue)
            Slot<T>.Instance.Write(writer, in Nullable.GetValueRefOrDefaultRef(in value));
    }

    public override T? Read(MessageReader reader) => reader.ReadRaw<bool>() ? Slot<T>.Instance.Read(reader) : null;

    public override string? PathTo(object? value, object child) => value is null ? null : Slot<T>.Instance.PathTo(value, child);

    public override string? MemberOf(Type refused) => refused == typeof(T) ? "" : Slot<T>.Instance.MemberOf(refused);
}
