using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using Tessera.Diagnostics;

namespace Tessera.Serialization;

/// <summary>
/// Hash tables that nobody can add to. An empty shell takes the place of the object until its keys have arrived, and then the fields of
/// another table that was made of them.
/// </summary>
internal abstract class ShellCodec<TTable, TKey, TValue>(Type type) : TableCodec<TTable, TKey, TValue>(type)
    where TTable : class
{
    private readonly FieldInfo[] _fields = AllFieldsOf(type);
    private readonly Type _type = type;

    /// <summary>A table of items; of two equal keys it has one.</summary>
    protected abstract TTable Make(object? comparer, TKey[] keys, TValue[] values);

    /// <summary>Writes all that compares.</summary>
    protected virtual void WriteComparer(MessageWriter writer, TTable table) => writer.WriteReference(ComparerOf(table));

    protected virtual object? ReadComparer(MessageReader reader) => reader.ReadReference();

    protected sealed override TTable Create(object? comparer) => Make(comparer, [], []);

    public sealed override void Announce(MessageWriter writer, object value)
    {
        bool isEmpty = !ItemsOf((TTable)value).Any();
        writer.WriteRaw(isEmpty);
        if (isEmpty)
            WriteComparer(writer, (TTable)value);
    }

    public sealed override object Allocate(MessageReader reader) => reader.ReadRaw<bool>()
        ? Create(ReadComparer(reader))
        : RuntimeHelpers.GetUninitializedObject(_type);

    public sealed override void WriteContents(MessageWriter writer, object value)
    {
        bool isEmpty = !ItemsOf((TTable)value).Any();
        writer.WriteRaw(isEmpty);
        if (isEmpty)
            return;
        WriteComparer(writer, (TTable)value);
        WriteItems(writer, (TTable)value);
    }

    protected sealed override void WriteItems(MessageWriter writer, TTable table)
    {
        (TKey Key, TValue Value)[] items = [.. ItemsOf(table)];
        writer.WriteNumber((uint)items.Length);
        foreach (ref (TKey Key, TValue Value) item in items.AsSpan())
        {
            Slot<TKey>.Instance.Write(writer, in item.Key);
            if (HasValues)
                Slot<TValue>.Instance.Write(writer, in item.Value);
        }
    }

    public sealed override void ReadContents(MessageReader reader, object value)
    {
        if (!reader.ReadRaw<bool>())
            ReadItems(reader, (TTable)value, ReadComparer(reader), (int)reader.ReadNumber());
    }

    protected sealed override bool TryFill(TTable table, object? comparer, TKey[] keys, TValue[] values)
    {
        TTable made = Make(comparer, keys, values);
        if (ItemsOf(made).Count() != keys.Length)
            return false;
        if (made.GetType() != _type)
            throw new SerializationException(
                $"A {TypeName.Of(_type)} would be a {TypeName.Of(made.GetType())} in this process. Pass a Dictionary or a HashSet, and freeze it on arrival.");
        foreach (FieldInfo field in _fields)
            field.SetValue(table, field.GetValue(made));
        return true;
    }

    private static FieldInfo[] AllFieldsOf(Type type)
    {
        List<FieldInfo> fields = [];
        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
            fields.AddRange(Slots.FieldsOf(declaring));
        return [.. fields];
    }
}
