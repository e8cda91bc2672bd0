using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>A boxed value that is its bytes.</summary>
internal sealed class RawBoxCodec<T> : ObjectCodec
    where T : struct
{
    public override void Announce(MessageWriter writer, object value) => writer.WriteRaw(in Unsafe.Unbox<T>(value));

    public override object Allocate(MessageReader reader) => reader.ReadRaw<T>();
}

/// <summary>A boxed struct with references in it.</summary>
internal sealed class BoxCodec<T> : ObjectCodec
    where T : struct
{
    public override object Allocate(MessageReader reader) => default(T);

    public override void WriteContents(MessageWriter writer, object value) => Slot<T>.Instance.Write(writer, in Unsafe.Unbox<T>(value));

    public override void ReadContents(MessageReader reader, object value) => Unsafe.Unbox<T>(value) = Slot<T>.Instance.Read(reader);

    public override string PathTo(object parent, object child) => Slot<T>.Instance.PathTo(parent, child) ?? "";

    public override string? MemberOf(Type refused) => Slot<T>.Instance.MemberOf(refused);
}
