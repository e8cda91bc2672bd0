namespace Tessera.Serialization;

/// <summary>Objects that are made from a few values, by a method of the platform.</summary>
internal sealed class MadeCodec<T>(Action<MessageWriter, T> write, Func<MessageReader, T> make) : ObjectCodec
    where T : class
{
    public override void Announce(MessageWriter writer, object value) => write(writer, (T)value);

    public override object Allocate(MessageReader reader) => make(reader);
}
