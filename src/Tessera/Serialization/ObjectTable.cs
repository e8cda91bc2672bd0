using System.Runtime.CompilerServices;

namespace Tessera.Serialization;

/// <summary>
/// The objects of a message by identity, numbered as they are met. An open hash table: <c>_slots</c> has numbers plus one, 0 where free,
/// and is at least twice as long as there are objects.
/// </summary>
internal sealed class ObjectTable
{
    private const int FirstCapacity = 32;

    private Entry[] _entries = new Entry[FirstCapacity];
    private int[] _slots = new int[2 * FirstCapacity];

    /// <summary>An object, and the number of the one that it was first met in; -1 for a value given to Write.</summary>
    internal record struct Entry(object Value, ObjectCodec Codec, int Parent);

    public int Count { get; private set; }

    public ref Entry this[int number] => ref _entries[number];

    /// <summary>The object's number; -1 for one that is new.</summary>
    public int Find(object value)
    {
        int mask = _slots.Length - 1;
        for (int slot = SlotOf(value, mask); ; slot = (slot + 1) & mask)
        {
            int number = _slots[slot] - 1;
            if (number < 0 || ReferenceEquals(_entries[number].Value, value))
                return number;
        }
    }

    /// <summary>Adds an object that is new, and returns its number.</summary>
    public int Add(object value, ObjectCodec codec, int parent)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
            Rebuild(4 * Count);
        }
        _entries[Count] = new Entry(value, codec, parent);
        Place(Count++);
        return Count - 1;
    }

    /// <summary>Lets go of the objects from a number on.</summary>
    public void Truncate(int count)
    {
        if (count == 0 && _entries.Length > 64 * FirstCapacity && Count < _entries.Length / 8)
        {
            // one large message would make every later small one slow to clear
            (_entries, _slots, Count) = (new Entry[FirstCapacity], new int[2 * FirstCapacity], 0);
            return;
        }
        if (count == Count)
            return;
        Array.Clear(_entries, count, Count - count);
        Count = count;
        Rebuild(_slots.Length);
    }

    private void Rebuild(int slots)
    {
        if (_slots.Length == slots)
            Array.Clear(_slots);
        else
            _slots = new int[slots];
        for (int number = 0; number < Count; number++)
            Place(number);
    }

    private void Place(int number)
    {
        int mask = _slots.Length - 1;
        int slot = SlotOf(_entries[number].Value, mask);
        while (_slots[slot] != 0)
            slot = (slot + 1) & mask;
        _slots[slot] = number + 1;
    }

    private static int SlotOf(object value, int mask)
    {
        uint hash = (uint)RuntimeHelpers.GetHashCode(value) * 0x9E3779B1;
        return (int)(hash >> 8) & mask;
    }
}
