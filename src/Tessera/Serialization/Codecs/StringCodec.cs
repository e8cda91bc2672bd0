namespace Tessera.Serialization;

internal sealed class StringCodec : ObjectCodec
{
    public static readonly StringCodec Instance = new();

    public override void Announce(MessageWriter writer, object value) => writer.WriteText((string)value);

    public override object Allocate(MessageReader reader) => reader.ReadText();
}
