using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>Objects that say themselves in which form they travel; those that have none travel by their fields, if such a type may.</summary>
internal sealed class TravellingCodec(Type type, Refusal? refusal) : ObjectCodec
{
    private readonly ObjectCodec _plain = refusal is null ? new FieldsCodec(type) : new RefusedCodec(refusal);

    public override void Announce(MessageWriter writer, object value)
    {
        ITravelForm<object>? form = ((ITravels)value).TravelForm;
        writer.WriteRaw(form is not null);
        if (form is null)
            _plain.Announce(writer, value);
        else
            writer.WriteWhole(value, form);
    }

    public override object Allocate(MessageReader reader) => reader.ReadRaw<bool>() ? reader.ReadReplaced() : RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteContents(MessageWriter writer, object value)
    {
        if (!writer.IsReplaced(value))
            _plain.WriteContents(writer, value);
    }

    public override void ReadContents(MessageReader reader, object value)
    {
        if (value is not null && !reader.IsReplaced(value)) // null while it is being made of what travelled in its place
            _plain.ReadContents(reader, value);
    }

    public override string PathTo(object parent, object child) => _plain.PathTo(parent, child);

    public override string? MemberOf(Type refused) => _plain.MemberOf(refused);
}
