using System.Collections;
using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

internal sealed class HashtableCodec(Type type) : TableCodec<Hashtable, object, object?>(type)
{
    protected override object? ComparerOf(Hashtable table) => KeyComparer(table);

    protected override Hashtable Create(object? comparer) => new((IEqualityComparer?)comparer);

    protected override int HashOf(object? comparer, object[] keys)
    {
        var hash = new HashCode();
        foreach (object key in keys)
            hash.Add(comparer is IEqualityComparer equality ? equality.GetHashCode(key) : key.GetHashCode());
        return hash.ToHashCode();
    }

    protected override void WriteItems(MessageWriter writer, Hashtable table)
    {
        writer.WriteNumber((uint)table.Count);
        foreach (DictionaryEntry item in table)
        {
            writer.WriteReference(item.Key);
            writer.WriteReference(item.Value);
        }
    }

    protected override bool TryFill(Hashtable table, object? comparer, object[] keys, object?[] values)
    {
        table.Clear();
        bool areDistinct = true;
        for (int i = 0; i < keys.Length; i++)
        {
            areDistinct &= !table.ContainsKey(keys[i]);
            table[keys[i]] = values[i];
        }
        return areDistinct;
    }

    protected override IEnumerable<(object Key, object? Value)> ItemsOf(Hashtable table)
    {
        foreach (DictionaryEntry item in table)
            yield return (item.Key, item.Value);
    }

    /// <summary>The table has a property for it, which only derived classes see.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_keycomparer")]
    private static extern ref IEqualityComparer? KeyComparer(Hashtable table);
}
