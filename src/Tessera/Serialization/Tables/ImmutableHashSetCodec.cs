using System.Collections.Immutable;

namespace Tessera.Serialization;

internal sealed class ImmutableHashSetCodec<T>(Type type) : ShellCodec<ImmutableHashSet<T>, T, byte>(type)
{
    protected override bool HasValues => false;

    protected override object? ComparerOf(ImmutableHashSet<T> table) =>
        ReferenceEquals(table.KeyComparer, EqualityComparer<T>.Default) ? null : table.KeyComparer;

    protected override ImmutableHashSet<T> Make(object? comparer, T[] keys, byte[] values) => ImmutableHashSet.Create(Comparer(comparer), keys);

    protected override IEnumerable<(T Key, byte Value)> ItemsOf(ImmutableHashSet<T> table)
    {
        foreach (T item in table)
            yield return (item, 0);
    }
}
