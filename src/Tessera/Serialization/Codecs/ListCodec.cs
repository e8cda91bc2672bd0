using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Serialization;

/// <summary>Lists: their items, not their capacity. Items without references lie in an array of their own, which may be attached.</summary>
internal sealed class ListCodec<T> : ObjectCodec
{
    public override void Announce(MessageWriter writer, object value)
    {
        var list = (List<T>)value;
        writer.WriteNumber((uint)list.Count);
        if (Slot<T>.IsRaw)
            writer.NoteSize((long)list.Count * Unsafe.SizeOf<T>());
        if (!IsAttached(list.Count))
            return;
        T[] items = Items(list);
        writer.Attach(items.Length == list.Count ? items : list.ToArray());
    }

    public override object Allocate(MessageReader reader)
    {
        int count = (int)reader.ReadNumber();
        if (!IsAttached(count))
        {
            var list = new List<T>(count);
            CollectionsMarshal.SetCount(list, count);
            return list;
        }
        List<T> full = [];
        Items(full) = GC.AllocateUninitializedArray<T>(count);
        Size(full) = count;
        reader.Attach(Items(full));
        return full;
    }

    public override void WriteContents(MessageWriter writer, object value)
    {
        var list = (List<T>)value;
        writer.WriteNumber((uint)Version(list));
        if (!IsAttached(list.Count))
            Slot<T>.Instance.WriteMany(writer, CollectionsMarshal.AsSpan(list));
    }

    public override void ReadContents(MessageReader reader, object value)
    {
        var list = (List<T>)value;
        Version(list) = (int)reader.ReadNumber();
        if (!IsAttached(list.Count))
            Slot<T>.Instance.ReadMany(reader, CollectionsMarshal.AsSpan(list));
    }

    public override string PathTo(object parent, object child)
    {
        var list = (List<T>)parent;
        for (int i = 0; i < list.Count; i++)
        {
            if (Slot<T>.Instance.PathTo(list[i], child) is { } path)
                return $"[{i}]{(path is "" or ['[', ..] ? path : "." + path)}";
        }
        return "";
    }

    public override string? MemberOf(Type refused) =>
        typeof(T) == refused ? "[0]" : Slot<T>.Instance.MemberOf(refused) is { } path ? "[0]." + path : null;

    private static bool IsAttached(int count) => Slot<T>.IsRaw && (long)count * Unsafe.SizeOf<T>() >= ArrayBytes.Attached;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_items")]
    private static extern ref T[] Items(List<T> list);

    /// <summary>What enumerators compare, which may travel half way through the list.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_version")]
    private static extern ref int Version(List<T> list);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_size")]
    private static extern ref int Size(List<T> list);
}
