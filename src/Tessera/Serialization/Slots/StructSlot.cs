using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>A struct with references in it, field by field.</summary>
internal sealed class StructSlot<T> : Slot<T>
    where T : struct
{
    private readonly Field[] _fields = Field.DeclaredBy(typeof(T));

    public override void Write(MessageWriter writer, in T value) => WriteBoxed(writer, value);

    public override T Read(MessageReader reader) => Unsafe.Unbox<T>(ReadBoxed(reader));

    public override void WriteBoxed(MessageWriter writer, object? value)
    {
        foreach (Field field in _fields)
            field.Write(writer, value!);
    }

    public override object ReadBoxed(MessageReader reader)
    {
        object box = default(T);
        foreach (Field field in _fields)
            field.Read(reader, box);
        return box;
    }

    public override string? PathTo(object? value, object child) => Field.PathTo(_fields, value!, child);

    public override string? MemberOf(Type refused) => Field.MemberOf(_fields, refused);
}
