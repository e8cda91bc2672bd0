using System.Diagnostics;
using System.Numerics;

namespace Tessera.Scheduling;

/// <summary>
/// A set of task numbers that knows its lowest. A tree of bits, 64 to a word: a bit of the lowest level stands for a task, a bit of the
/// level above for a word that isn't 0. For a million tasks that is four levels and 130 KB, and adding or removing touches four words at
/// most.
/// </summary>
/// <example>
/// Of 200 tasks, 3 and 130 are ready. Level 0 has words 0 to 3, with bit 3 set in word 0 and bit 2 in word 2; level 1 has one word,
/// with bits 0 and 2 set. The lowest: bit 0 of level 1 leads to word 0 of level 0, whose lowest bit is 3.
/// </example>
internal sealed class ReadySet
{
    private readonly ulong[][] _levels; // the last one has a single word

    public ReadySet(int capacity)
    {
        var levels = new List<ulong[]>();
        int words = capacity;
        do
        {
            words = Math.Max(1, (int)(((long)words + 63) / 64));
            levels.Add(new ulong[words]);
        }
        while (words > 1);
        _levels = [.. levels];
    }

    /// <summary>Number of tasks in the set.</summary>
    public int Count { get; private set; }

    /// <summary>The lowest task of a set that isn't empty.</summary>
    public int Lowest
    {
        get
        {
            Debug.Assert(Count > 0, "There is a task to find.");
            int index = 0;
            for (int level = _levels.Length - 1; level >= 0; level--)
                index = index * 64 + BitOperations.TrailingZeroCount(_levels[level][index]);
            return index;
        }
    }

    /// <summary>Adds a task that isn't there.</summary>
    public void Add(int task)
    {
        Count++;
        int index = task;
        foreach (ulong[] level in _levels)
        {
            ref ulong word = ref level[index / 64];
            bool known = word != 0; // then the levels above have its bit already
            word |= 1UL << (index % 64);
            if (known)
                return;
            index /= 64;
        }
    }

    /// <summary>Removes a task that is there.</summary>
    public void Remove(int task)
    {
        Count--;
        int index = task;
        foreach (ulong[] level in _levels)
        {
            ref ulong word = ref level[index / 64];
            word &= ~(1UL << (index % 64));
            if (word != 0)
                return;
            index /= 64;
        }
    }
}
