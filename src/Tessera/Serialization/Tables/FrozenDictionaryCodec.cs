using System.Collections.Frozen;

namespace Tessera.Serialization;

/// <summary>Frozen dictionaries. Their class is chosen by their keys, and is the same for the same keys.</summary>
internal sealed class FrozenDictionaryCodec<TKey, TValue>(Type type) : ShellCodec<FrozenDictionary<TKey, TValue>, TKey, TValue>(type)
    where TKey : notnull
{
    protected override object? ComparerOf(FrozenDictionary<TKey, TValue> table) =>
        ReferenceEquals(table.Comparer, EqualityComparer<TKey>.Default) ? null : table.Comparer;

    protected override FrozenDictionary<TKey, TValue> Make(object? comparer, TKey[] keys, TValue[] values) =>
        keys.Zip(values, KeyValuePair.Create).ToFrozenDictionary(Comparer(comparer));

    protected override IEnumerable<(TKey Key, TValue Value)> ItemsOf(FrozenDictionary<TKey, TValue> table)
    {
        foreach ((TKey key, TValue value) in table)
            yield return (key, value);
    }
}
