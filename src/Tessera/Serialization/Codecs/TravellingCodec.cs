namespace Tessera.Serialization;

/// <summary>Objects that say themselves in which form they travel; those that have none travel as others of their type would.</summary>
internal sealed class TravellingCodec(ObjectCodec plain) : ObjectCodec
{
    public override void Announce(MessageWriter writer, object value)
    {
        ITravelForm<object>? form = ((ITravels)value).TravelForm;
        writer.WriteRaw(form is not null);
        if (form is null)
            plain.Announce(writer, value);
        else
            writer.WriteWhole(value, form);
    }

    public override object Allocate(MessageReader reader) => reader.ReadRaw<bool>() ? reader.ReadReplaced() : plain.Allocate(reader);

    public override void WriteContents(MessageWriter writer, object value)
    {
        if (!writer.IsReplaced(value))
            plain.WriteContents(writer, value);
    }

    public override void ReadContents(MessageReader reader, object value)
    {
        if (value is not null && !reader.IsReplaced(value)) // null while it is being made of what travelled in its place
            plain.ReadContents(reader, value);
    }

    public override string PathTo(object parent, object child) => plain.PathTo(parent, child);

    public override string? MemberOf(Type refused) => plain.MemberOf(refused);
}
