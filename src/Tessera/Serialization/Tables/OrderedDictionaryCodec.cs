namespace Tessera.Serialization;

internal sealed class OrderedDictionaryCodec<TKey, TValue>(Type type) : TableCodec<OrderedDictionary<TKey, TValue>, TKey, TValue>(type)
    where TKey : notnull
{
    protected override object? ComparerOf(OrderedDictionary<TKey, TValue> table) =>
        ReferenceEquals(table.Comparer, EqualityComparer<TKey>.Default) ? null : table.Comparer;

    protected override OrderedDictionary<TKey, TValue> Create(object? comparer) => new(Comparer(comparer));

    protected override void WriteItems(MessageWriter writer, OrderedDictionary<TKey, TValue> table)
    {
        writer.WriteNumber((uint)table.Count);
        foreach ((TKey key, TValue value) in table)
        {
            Slot<TKey>.Instance.Write(writer, in key);
            Slot<TValue>.Instance.Write(writer, in value);
        }
    }

    protected override bool TryFill(OrderedDictionary<TKey, TValue> table, object? comparer, TKey[] keys, TValue[] values)
    {
        table.Clear();
        bool areDistinct = true;
        for (int i = 0; i < keys.Length; i++)
            areDistinct &= table.TryAdd(keys[i], values[i]);
        return areDistinct;
    }

    protected override IEnumerable<(TKey Key, TValue Value)> ItemsOf(OrderedDictionary<TKey, TValue> table)
    {
        foreach ((TKey key, TValue value) in table)
            yield return (key, value);
    }
}
