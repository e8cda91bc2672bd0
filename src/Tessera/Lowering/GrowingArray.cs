using System.Buffers;
using System.Runtime.CompilerServices;

namespace Tessera.Lowering;

/// <summary>
/// Gathers what will be an array once its length is known, in rented memory: lists of millions that grow by themselves leave twice as much behind,
/// in the part of the heap that is only cleaned together with all of it.
/// </summary>
internal sealed class GrowingArray<T> : IDisposable
{
    private const int FewItems = 256;

    private T[] _items = ArrayPool<T>.Shared.Rent(FewItems);

    public int Count { get; private set; }

    public T this[int index] => _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length)
            MakeRoom(Count + 1);
        _items.AsSpan()[Count++] = item; // an array would look at the type of each item
    }

    /// <summary>Makes room for so many items in all.</summary>
    public void MakeRoom(int items)
    {
        if (items <= _items.Length)
            return;
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(items, (int)Math.Min(2L * _items.Length, Array.MaxLength)));
        _items.AsSpan(0, Count).CopyTo(larger);
        Return();
        _items = larger;
    }

    public T[] ToArray() => _items.AsSpan(0, Count).ToArray();

    public void Dispose()
    {
        Return();
        (_items, Count) = ([], 0);
    }

    private void Return()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            _items.AsSpan(0, Count).Clear(); // what was never used holds nothing
        ArrayPool<T>.Shared.Return(_items);
    }
}
