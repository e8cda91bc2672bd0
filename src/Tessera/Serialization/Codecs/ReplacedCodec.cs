namespace Tessera.Serialization;

/// <summary>Objects that something else travels for; see <see cref="ITravelForm{T}"/>.</summary>
internal sealed class ReplacedCodec(Func<object, ITravelForm<object>> replace) : ObjectCodec
{
    public override void Announce(MessageWriter writer, object value) => writer.WriteWhole(value, replace(value));

    public override object Allocate(MessageReader reader) => reader.ReadReplaced();
}
