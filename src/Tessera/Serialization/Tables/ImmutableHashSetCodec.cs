using System.Collections.Immutable;
using System.Reflection;

namespace Tessera.Serialization;

/// <summary>
/// Immutable sets. An empty shell takes the place of the object until its keys have arrived, and then the fields of a set that
/// was made from them.
/// </summary>
internal sealed class ImmutableHashSetCodec<T>(Type type) : TableCodec<ImmutableHashSet<T>, T, byte>(type)
{
    private static readonly FieldInfo[] Fields = Slots.FieldsOf(typeof(ImmutableHashSet<T>));

    public override void Announce(MessageWriter writer, object value)
    {
        var table = (ImmutableHashSet<T>)value;
        writer.WriteRaw(table.IsEmpty);
        writer.WriteReference(table.KeyComparer);
    }

    public override object Allocate(MessageReader reader)
    {
        bool isEmpty = reader.ReadRaw<bool>();
        var keys = (IEqualityComparer<T>?)reader.ReadReference();
        var empty = ImmutableHashSet.Create(keys);
        return isEmpty ? empty : Shell.Of(empty, Fields);
    }

    protected override bool HasValues => false;

    protected override object? ComparerOf(ImmutableHashSet<T> table) => table.KeyComparer;

    protected override ImmutableHashSet<T> Create(object? comparer) => ImmutableHashSet.Create<T>(Comparer(comparer));

    protected override void WriteItems(MessageWriter writer, ImmutableHashSet<T> table)
    {
        writer.WriteNumber((uint)table.Count);
        foreach (T item in table)
            Slot<T>.Instance.Write(writer, in item);
    }

    protected override bool TryFill(ImmutableHashSet<T> table, object? comparer, T[] keys, byte[] values)
    {
        ImmutableHashSet<T>.Builder full = ImmutableHashSet.CreateBuilder(table.KeyComparer);
        bool areDistinct = true;
        for (int i = 0; i < keys.Length; i++)
            areDistinct &= full.Add(keys[i]);
        if (keys.Length > 0)
            Shell.Fill(table, full.ToImmutable(), Fields);
        return areDistinct;
    }

    protected override IEnumerable<(T Key, byte Value)> ItemsOf(ImmutableHashSet<T> table)
    {
        foreach (T item in table)
            yield return (item, 0);
    }
}
