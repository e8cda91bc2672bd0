using System.Collections.Immutable;

namespace Tessera.Serialization;

internal sealed class ImmutableDictionaryCodec<TKey, TValue>(Type type) : ShellCodec<ImmutableDictionary<TKey, TValue>, TKey, TValue>(type)
    where TKey : notnull
{
    protected override object? ComparerOf(ImmutableDictionary<TKey, TValue> table) => table.KeyComparer;

    protected override void WriteComparer(MessageWriter writer, ImmutableDictionary<TKey, TValue> table)
    {
        writer.WriteReference(table.KeyComparer);
        writer.WriteReference(table.ValueComparer);
    }

    protected override object ReadComparer(MessageReader reader) =>
        new Comparers((IEqualityComparer<TKey>)reader.ReadReference()!, (IEqualityComparer<TValue>)reader.ReadReference()!);

    protected override ImmutableDictionary<TKey, TValue> Make(object? comparer, TKey[] keys, TValue[] values)
    {
        var comparers = (Comparers)comparer!;
        ImmutableDictionary<TKey, TValue>.Builder full = ImmutableDictionary.CreateBuilder(comparers.Keys, comparers.Values);
        for (int i = 0; i < keys.Length; i++)
            full.TryAdd(keys[i], values[i]);
        return full.ToImmutable();
    }

    protected override IEnumerable<(TKey Key, TValue Value)> ItemsOf(ImmutableDictionary<TKey, TValue> table)
    {
        foreach ((TKey key, TValue value) in table)
            yield return (key, value);
    }

    /// <summary>Compares keys, and keeps what compares values.</summary>
    private sealed class Comparers(IEqualityComparer<TKey> keys, IEqualityComparer<TValue> values) : IEqualityComparer<TKey>
    {
        public IEqualityComparer<TKey> Keys => keys;

        public IEqualityComparer<TValue> Values => values;

        public bool Equals(TKey? x, TKey? y) => keys.Equals(x, y);

        public int GetHashCode(TKey key) => keys.GetHashCode(key);
    }
}
