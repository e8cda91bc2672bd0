namespace Tessera.Serialization;

/// <summary>Tokens that can't change any more: none, and one that is cancelled.</summary>
internal sealed class CancellationSlot : Slot<CancellationToken>
{
    public override void Write(MessageWriter writer, in CancellationToken value)
    {
        if (value.CanBeCanceled && !value.IsCancellationRequested)
            writer.Refuse(typeof(CancellationToken), Refusals.Cancellation);
        writer.WriteRaw(value.IsCancellationRequested);
    }

    public override CancellationToken Read(MessageReader reader) => new(reader.ReadRaw<bool>());

    public override string? PathTo(object? value, object child) => null;
}
