using System.Collections.Immutable;
using System.Reflection;

namespace Tessera.Serialization;

/// <summary>
/// Immutable dictionaries. An empty shell takes the place of the object until its keys have arrived, and then the fields of a dictionary
/// that was made from them.
/// </summary>
internal sealed class ImmutableDictionaryCodec<TKey, TValue>(Type type) : TableCodec<ImmutableDictionary<TKey, TValue>, TKey, TValue>(type)
    where TKey : notnull
{
    private static readonly FieldInfo[] Fields = Slots.FieldsOf(typeof(ImmutableDictionary<TKey, TValue>));

    public override void Announce(MessageWriter writer, object value)
    {
        var table = (ImmutableDictionary<TKey, TValue>)value;
        writer.WriteRaw(table.IsEmpty);
        writer.WriteReference(table.KeyComparer);
        writer.WriteReference(table.ValueComparer);
    }

    public override object Allocate(MessageReader reader)
    {
        bool isEmpty = reader.ReadRaw<bool>();
        var keys = (IEqualityComparer<TKey>?)reader.ReadReference();
        var values = (IEqualityComparer<TValue>?)reader.ReadReference();
        var empty = ImmutableDictionary.Create(keys, values);
        return isEmpty ? empty : Shell.Of(empty, Fields);
    }

    protected override object? ComparerOf(ImmutableDictionary<TKey, TValue> table) => table.KeyComparer;

    protected override ImmutableDictionary<TKey, TValue> Create(object? comparer) => ImmutableDictionary.Create<TKey, TValue>(Comparer(comparer));

    protected override void WriteItems(MessageWriter writer, ImmutableDictionary<TKey, TValue> table)
    {
        writer.WriteNumber((uint)table.Count);
        foreach ((TKey key, TValue value) in table)
        {
            Slot<TKey>.Instance.Write(writer, in key);
            Slot<TValue>.Instance.Write(writer, in value);
        }
    }

    protected override bool TryFill(ImmutableDictionary<TKey, TValue> table, object? comparer, TKey[] keys, TValue[] values)
    {
        ImmutableDictionary<TKey, TValue>.Builder full = ImmutableDictionary.CreateBuilder(table.KeyComparer, table.ValueComparer);
        bool areDistinct = true;
        for (int i = 0; i < keys.Length; i++)
            areDistinct &= full.TryAdd(keys[i], values[i]);
        if (keys.Length > 0)
            Shell.Fill(table, full.ToImmutable(), Fields);
        return areDistinct;
    }

    protected override IEnumerable<(TKey Key, TValue Value)> ItemsOf(ImmutableDictionary<TKey, TValue> table)
    {
        foreach ((TKey key, TValue value) in table)
            yield return (key, value);
    }
}
