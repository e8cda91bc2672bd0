using System.Collections.Frozen;

namespace Tessera.Serialization;

/// <summary>
/// Tables that choose their class by their keys when they are made: frozen ones and lookups. Their items travel in their place.
/// </summary>
internal static class FrozenCodecs
{
    public static ObjectCodec For(Type table)
    {
        Type parts = table.Name switch
        {
            "FrozenDictionary`2" => typeof(FrozenDictionaryParts<,>),
            "FrozenSet`1" => typeof(FrozenSetParts<>),
            _ => typeof(LookupParts<,>),
        };
        var maker = (FrozenParts)Activator.CreateInstance(parts.MakeGenericType(table.GetGenericArguments()))!;
        return new ReplacedCodec(maker.Of);
    }

    private static IEqualityComparer<T>? Unless<T>(IEqualityComparer<T>? comparer) =>
        ReferenceEquals(comparer, EqualityComparer<T>.Default) ? null : comparer;

    private abstract class FrozenParts : IArrives
    {
        /// <summary>The parts of a table.</summary>
        public abstract FrozenParts Of(object table);

        public abstract object Arrive();
    }

    private sealed class FrozenDictionaryParts<TKey, TValue> : FrozenParts
        where TKey : notnull
    {
        private KeyValuePair<TKey, TValue>[] _items = [];
        private IEqualityComparer<TKey>? _comparer;

        public override FrozenParts Of(object table)
        {
            var frozen = (FrozenDictionary<TKey, TValue>)table;
            return new FrozenDictionaryParts<TKey, TValue> { _items = [.. frozen], _comparer = Unless(frozen.Comparer) };
        }

        public override object Arrive() => _items.ToFrozenDictionary(_comparer);
    }

    private sealed class FrozenSetParts<T> : FrozenParts
    {
        private T[] _items = [];
        private IEqualityComparer<T>? _comparer;

        public override FrozenParts Of(object table)
        {
            var frozen = (FrozenSet<T>)table;
            return new FrozenSetParts<T> { _items = [.. frozen], _comparer = Unless(frozen.Comparer) };
        }

        public override object Arrive() => _items.ToFrozenSet(_comparer);
    }

    private sealed class LookupParts<TKey, TElement> : FrozenParts
    {
        private (TKey Key, TElement Element)[] _items = [];
        private IEqualityComparer<TKey>? _comparer;

        public override FrozenParts Of(object table)
        {
            var lookup = (Lookup<TKey, TElement>)table;
            return new LookupParts<TKey, TElement>
            {
                _items = [.. lookup.SelectMany(group => group, (group, element) => (group.Key, element))],
                _comparer = Unless(ComparerOf(lookup)),
            };
        }

        public override object Arrive() => _items.ToLookup(item => item.Key, item => item.Element, _comparer);

        [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_comparer")]
        private static extern ref IEqualityComparer<TKey> ComparerOf(Lookup<TKey, TElement> lookup);
    }
}
