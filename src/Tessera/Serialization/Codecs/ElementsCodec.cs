using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Serialization;

/// <summary>Arrays of references (as objects) or of structs with references in them, of any rank.</summary>
internal sealed class ElementsCodec<T>(Type type) : ObjectCodec
{
    private readonly bool _isVector = type.IsSZArray;
    private readonly Type _element = type.GetElementType()!;

    public override void Announce(MessageWriter writer, object value) => ArrayShape.Write(writer, (Array)value);

    public override object Allocate(MessageReader reader) => _isVector
        ? Array.CreateInstanceFromArrayType(type, (int)reader.ReadNumber())
        : ArrayShape.Allocate(reader, type);

    public override void WriteContents(MessageWriter writer, object value)
    {
        writer.NoteSize(ArrayBytes.Count((Array)value));
        Slot<T>.Instance.WriteMany(writer, Elements(value));
    }

    /// <remarks>What comes back into an element is of the type that went out of it, so that elements are stored without a check.</remarks>
    public override void ReadContents(MessageReader reader, object value) => Slot<T>.Instance.ReadMany(reader, Elements(value));

    public override string PathTo(object parent, object child)
    {
        Span<T> elements = Elements(parent);
        for (int i = 0; i < elements.Length; i++)
        {
            if (Slot<T>.Instance.PathTo(elements[i], child) is { } path)
                return ArrayShape.PathTo((Array)parent, i) + (path is "" or ['[', ..] ? path : "." + path);
        }
        return "";
    }

    public override string? MemberOf(Type refused) =>
        _element == refused ? "[0]" : Slot<T>.Instance.MemberOf(refused) is { } path ? "[0]." + path : null;

    private static Span<T> Elements(object array) => MemoryMarshal.CreateSpan(
        ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference((Array)array)), ((Array)array).Length);
}
