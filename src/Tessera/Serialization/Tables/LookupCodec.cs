using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>Lookups, with an item for each element of each group.</summary>
internal sealed class LookupCodec<TKey, TElement>(Type type) : ShellCodec<Lookup<TKey, TElement>, TKey, TElement>(type)
{
    protected override object? ComparerOf(Lookup<TKey, TElement> table) =>
        ReferenceEquals(Comparer(table), EqualityComparer<TKey>.Default) ? null : Comparer(table);

    protected override Lookup<TKey, TElement> Make(object? comparer, TKey[] keys, TElement[] values) =>
        (Lookup<TKey, TElement>)keys.Zip(values).ToLookup(item => item.First, item => item.Second, Comparer(comparer));

    protected override IEnumerable<(TKey Key, TElement Value)> ItemsOf(Lookup<TKey, TElement> table)
    {
        foreach (IGrouping<TKey, TElement> group in table)
        {
            foreach (TElement element in group)
                yield return (group.Key, element);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_comparer")]
    private static extern ref IEqualityComparer<TKey>? Comparer(Lookup<TKey, TElement> table);
}
