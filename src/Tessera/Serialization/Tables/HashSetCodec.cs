namespace Tessera.Serialization;

internal sealed class HashSetCodec<T>(Type type) : TableCodec<HashSet<T>, T, byte>(type)
{
    protected override bool HasValues => false;

    protected override object? ComparerOf(HashSet<T> table) =>
        ReferenceEquals(table.Comparer, EqualityComparer<T>.Default) ? null : table.Comparer;

    protected override HashSet<T> Create(object? comparer) => new(Comparer(comparer));

    protected override void WriteItems(MessageWriter writer, HashSet<T> table)
    {
        writer.WriteNumber((uint)table.Count);
        foreach (T item in table)
            Slot<T>.Instance.Write(writer, in item);
    }

    protected override bool TryFill(HashSet<T> table, object? comparer, T[] keys, byte[] values)
    {
        table.Clear();
        bool areDistinct = true;
        for (int i = 0; i < keys.Length; i++)
            areDistinct &= table.Add(keys[i]);
        return areDistinct;
    }

    protected override IEnumerable<(T Key, byte Value)> ItemsOf(HashSet<T> table)
    {
        foreach (T item in table)
            yield return (item, 0);
    }
}
