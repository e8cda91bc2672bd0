using System.Reflection;

namespace Tessera.Serialization;

/// <summary>A field of a class or a struct. Reflection gets and sets it, read-only ones too, for no code can be compiled in every program.</summary>
internal sealed class Field(FieldInfo field)
{
    private readonly Slot _slot = Slot.Of(field.FieldType);

    public FieldInfo Declared { get; } = field;

    /// <summary>The fields that travel.</summary>
    public static Field[] DeclaredBy(Type type) =>
        Array.ConvertAll(Array.FindAll(Slots.FieldsOf(type), Travels), field => new Field(field));

    /// <summary>False for what the program marks as <c>[NonSerialized]</c>. The platform's own marks meant formatters that it no longer has.</summary>
    public static bool Travels(FieldInfo field) =>
        !field.IsDefined(typeof(NonSerializedAttribute), false) || Refusals.IsOfPlatform(field.DeclaringType!);

    public void Write(MessageWriter writer, object owner) => _slot.WriteBoxed(writer, Declared.GetValue(owner));

    public void Read(MessageReader reader, object owner) => Declared.SetValue(owner, _slot.ReadBoxed(reader));

    /// <summary>The way to an object that one of the fields holds; null where none does.</summary>
    public static string? PathTo(Field[] fields, object owner, object child)
    {
        foreach (Field field in fields)
        {
            if (field.PathTo(owner, child) is { } path)
                return path;
        }
        return null;
    }

    /// <summary>The way to a field of a type that is refused; null where there is none.</summary>
    public static string? MemberOf(Field[] fields, Type refused)
    {
        foreach (Field field in fields)
        {
            if (field.MemberOf(refused) is { } path)
                return path;
        }
        return null;
    }

    private string? PathTo(object owner, object child) => _slot is RefusedSlot ? null : Within(_slot.PathTo(Declared.GetValue(owner), child));

    private string? MemberOf(Type refused) => Within(Declared.FieldType == refused ? "" : _slot.MemberOf(refused));

    private string? Within(string? inner)
    {
        string name = MemberName.Of(Declared);
        return inner is null ? null : inner == "" ? name : name == "" ? inner : inner.StartsWith('[') ? name + inner : $"{name}.{inner}";
    }
}
