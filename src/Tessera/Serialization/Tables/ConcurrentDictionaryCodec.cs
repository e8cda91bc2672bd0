using System.Collections.Concurrent;

namespace Tessera.Serialization;

internal sealed class ConcurrentDictionaryCodec<TKey, TValue>(Type type) : TableCodec<ConcurrentDictionary<TKey, TValue>, TKey, TValue>(type)
    where TKey : notnull
{
    protected override object? ComparerOf(ConcurrentDictionary<TKey, TValue> table) =>
        ReferenceEquals(table.Comparer, EqualityComparer<TKey>.Default) ? null : table.Comparer;

    protected override ConcurrentDictionary<TKey, TValue> Create(object? comparer) => new(Comparer(comparer));

    /// <remarks>Other threads may add and remove meanwhile, so number and items are taken at once.</remarks>
    protected override void WriteItems(MessageWriter writer, ConcurrentDictionary<TKey, TValue> table)
    {
        KeyValuePair<TKey, TValue>[] items = table.ToArray();
        writer.WriteNumber((uint)items.Length);
        foreach ((TKey key, TValue value) in items)
        {
            Slot<TKey>.Instance.Write(writer, in key);
            Slot<TValue>.Instance.Write(writer, in value);
        }
    }

    protected override bool TryFill(ConcurrentDictionary<TKey, TValue> table, object? comparer, TKey[] keys, TValue[] values)
    {
        table.Clear();
        bool areDistinct = true;
        for (int i = 0; i < keys.Length; i++)
            areDistinct &= table.TryAdd(keys[i], values[i]);
        return areDistinct;
    }

    protected override IEnumerable<(TKey Key, TValue Value)> ItemsOf(ConcurrentDictionary<TKey, TValue> table)
    {
        foreach ((TKey key, TValue value) in table)
            yield return (key, value);
    }
}
