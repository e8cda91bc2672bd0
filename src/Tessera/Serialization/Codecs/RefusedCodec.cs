using System.Diagnostics;

namespace Tessera.Serialization;

/// <summary>Objects that can't travel.</summary>
internal sealed class RefusedCodec(Refusal refusal) : ObjectCodec
{
    public override void Announce(MessageWriter writer, object value) => writer.Refuse(value.GetType(), refusal);

    public override object Allocate(MessageReader reader) => throw new UnreachableException("What is refused is never written.");
}
