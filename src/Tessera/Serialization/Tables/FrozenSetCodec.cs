using System.Collections.Frozen;

namespace Tessera.Serialization;

/// <summary>Frozen sets. Their class is chosen by their items, and is the same for the same items.</summary>
internal sealed class FrozenSetCodec<T>(Type type) : ShellCodec<FrozenSet<T>, T, byte>(type)
{
    protected override bool HasValues => false;

    protected override object? ComparerOf(FrozenSet<T> table) =>
        ReferenceEquals(table.Comparer, EqualityComparer<T>.Default) ? null : table.Comparer;

    protected override FrozenSet<T> Make(object? comparer, T[] keys, byte[] values) => keys.ToFrozenSet(Comparer(comparer));

    protected override IEnumerable<(T Key, byte Value)> ItemsOf(FrozenSet<T> table)
    {
        foreach (T item in table)
            yield return (item, 0);
    }
}
