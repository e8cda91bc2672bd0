using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>
/// Closures, of which only the variables travel that are used by the functions in the message. Their contents come after those of other
/// objects, variable by variable, for a function that uses more of a closure can be met at any time.
/// </summary>
internal sealed class ClosureCodec(Type type) : ObjectCodec
{
    public Field[] Fields { get; } = FieldsCodec.FieldsOf(type, typeof(object));

    /// <summary>The closure of an outer scope, in the field of an inner one.</summary>
    public static bool IsOuter(FieldInfo field) =>
        field.Name.StartsWith("CS$<>8__locals", StringComparison.Ordinal)
        && !field.FieldType.IsValueType && MemberName.HoldsVariables(field.FieldType);

    public override void Announce(MessageWriter writer, object value) => writer.AddClosure(new WrittenClosure(this));

    public override object Allocate(MessageReader reader)
    {
        reader.AddClosure();
        return RuntimeHelpers.GetUninitializedObject(type);
    }

    public void ReadVariable(MessageReader reader, object value) => Fields[reader.ReadNumber()].Read(reader, value);
}
