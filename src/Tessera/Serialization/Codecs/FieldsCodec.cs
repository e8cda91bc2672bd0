using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>An object of any class, field by field, without running a constructor.</summary>
internal sealed class FieldsCodec(Type type) : ObjectCodec
{
    private readonly Field[] _fields = FieldsOf(type, typeof(object));

    /// <summary>The fields of a class and of those it derives from, down to one whose fields travel in another way.</summary>
    public static Field[] FieldsOf(Type type, Type root)
    {
        Field[] fields = [];
        for (Type? declaring = type; declaring is not null && declaring != root; declaring = declaring.BaseType)
        {
            Field[] own = Field.DeclaredBy(declaring);
            if (own.Length > 0)
                fields = [.. own, .. fields];
        }
        return fields;
    }

    public override object Allocate(MessageReader reader) => RuntimeHelpers.GetUninitializedObject(type);

    public override void WriteContents(MessageWriter writer, object value)
    {
        foreach (Field field in _fields)
            field.Write(writer, value);
    }

    public override void ReadContents(MessageReader reader, object value)
    {
        foreach (Field field in _fields)
            field.Read(reader, value);
    }

    public override string PathTo(object parent, object child) => Field.PathTo(_fields, parent, child) ?? "";

    public override string? MemberOf(Type refused) => Field.MemberOf(_fields, refused);
}
