using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>
/// Hash tables, also of classes that derive from one. The base part is built anew around its comparer, with the items in their order;
/// fields of derived classes follow.
/// </summary>
internal abstract class TableCodec<TTable, TKey, TValue>(Type type) : ObjectCodec
    where TTable : class
{
    private readonly Field[] _own = FieldsCodec.FieldsOf(type, typeof(TTable));
    private ConstructorInfo? _maker;

    /// <summary>Null for the default comparer.</summary>
    protected abstract object? ComparerOf(TTable table);

    protected abstract TTable Create(object? comparer);

    /// <summary>Writes the number of items, and the items.</summary>
    protected abstract void WriteItems(MessageWriter writer, TTable table);

    protected virtual bool HasValues => true;

    /// <summary>Adds up the hash codes of keys as the table sees them.</summary>
    protected virtual int HashOf(object? comparer, TKey[] keys)
    {
        IEqualityComparer<TKey> equality = (IEqualityComparer<TKey>?)comparer ?? EqualityComparer<TKey>.Default;
        var hash = new HashCode();
        foreach (TKey key in keys)
            hash.Add(key is null ? 0 : equality.GetHashCode(key));
        return hash.ToHashCode();
    }

    /// <summary>Empties a table and adds all items; false if two keys are equal.</summary>
    protected abstract bool TryFill(TTable table, object? comparer, TKey[] keys, TValue[] values);

    public override void Announce(MessageWriter writer, object value) => writer.WriteReference(ComparerOf((TTable)value));

    public override object Allocate(MessageReader reader)
    {
        object? comparer = reader.ReadReference();
        if (type == typeof(TTable))
            return Create(comparer);
        _maker ??= MakerOf();
        object table = RuntimeHelpers.GetUninitializedObject(type);
        _maker.Invoke(table, [comparer]);
        return table;
    }

    public override void WriteContents(MessageWriter writer, object value)
    {
        WriteItems(writer, (TTable)value);
        foreach (Field field in _own)
            field.Write(writer, value);
    }

    public override void ReadContents(MessageReader reader, object value)
    {
        ReadItems(reader, (TTable)value, ComparerOf((TTable)value), (int)reader.ReadNumber());
        foreach (Field field in _own)
            field.Read(reader, value);
    }

    protected void ReadItems(MessageReader reader, TTable table, object? comparer, int count)
    {
        var keys = new TKey[count];
        var values = new TValue[HasValues ? keys.Length : 0];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = Slot<TKey>.Instance.Read(reader);
            if (HasValues)
                values[i] = Slot<TValue>.Instance.Read(reader);
        }
        if (!CanHashNow(comparer) || !TryFill(table, comparer, keys, values))
            reader.Wait(new Waiting(this, table, comparer, keys, values));
    }

    public override string PathTo(object parent, object child)
    {
        foreach ((TKey key, TValue value) in ItemsOf((TTable)parent))
        {
            if (Slot<TKey>.Instance.PathTo(key, child) is { } inKey)
                return inKey == "" ? "[key]" : $"[key].{inKey}";
            if (HasValues && Slot<TValue>.Instance.PathTo(value, child) is { } inValue)
                return $"[{key}]{(inValue is "" or ['[', ..] ? inValue : "." + inValue)}";
        }
        return Field.PathTo(_own, parent, child) ?? (ReferenceEquals(ComparerOf((TTable)parent), child) ? "Comparer" : "");
    }

    public override string? MemberOf(Type refused) => Field.MemberOf(_own, refused)
        ?? (typeof(TValue) == refused ? "[value]" : typeof(TKey) == refused ? "[key]" : null);

    protected abstract IEnumerable<(TKey Key, TValue Value)> ItemsOf(TTable table);

    protected static IEqualityComparer<TKey>? Comparer(object? comparer) => (IEqualityComparer<TKey>?)comparer;

    /// <summary>Keys that are whole as soon as they are read need not wait.</summary>
    private static bool CanHashNow(object? comparer) =>
        (Slot<TKey>.IsRaw || typeof(TKey) == typeof(string))
        && (comparer is null || comparer == (object)StringComparer.Ordinal || comparer == (object)StringComparer.OrdinalIgnoreCase);

    private static ConstructorInfo MakerOf()
    {
        foreach (ConstructorInfo maker in typeof(TTable).GetConstructors())
        {
            if (maker.GetParameters() is [{ ParameterType: { } only }] && typeof(IEqualityComparer<TKey>).IsAssignableFrom(only))
                return maker;
        }
        throw new MissingMethodException(typeof(TTable).Name, ".ctor(IEqualityComparer)");
    }

    private sealed class Waiting(TableCodec<TTable, TKey, TValue> codec, TTable table, object? comparer, TKey[] keys, TValue[] values)
        : WaitingTable
    {
        protected override Type TypeOfTable => table.GetType();

        protected override int HashOfKeys() => codec.HashOf(comparer, keys);

        protected override bool TryFill() => codec.TryFill(table, comparer, keys, values);
    }
}
