namespace Tessera.Serialization;

/// <summary>What is known of a value on the stack.</summary>
internal enum ValueKind : byte
{
    Other,

    /// <summary>A method's address, and the method is looked into.</summary>
    Followed,

    /// <summary>A closure, or a reference to one.</summary>
    Closure,
}

/// <summary>
/// The kinds of the values on the stack, while a method is read from its first instruction to its last. Jumps forward take their stack
/// along to where they lead; after a jump that is always taken the stack is empty where no other led there, as the standard demands.
/// </summary>
internal sealed class ValueStack
{
    private readonly Dictionary<int, ValueKind[]> _arriving = [];
    private ValueKind[] _values = new ValueKind[16];
    private bool _isReached = true;

    /// <summary>False once something was met that a compiler doesn't make.</summary>
    public bool IsSound { get; private set; } = true;

    public int Count { get; private set; }

    public bool HasClosure => Array.IndexOf(_values, ValueKind.Closure, 0, Count) >= 0;

    public void Push(ValueKind kind)
    {
        if (Count == _values.Length)
            Array.Resize(ref _values, 2 * Count);
        _values[Count++] = kind;
    }

    public ValueKind Pop()
    {
        if (Count == 0)
        {
            IsSound = false;
            return ValueKind.Closure;
        }
        return _values[--Count];
    }

    public void Clear() => Count = 0;

    /// <summary>The next instruction isn't reached from this one.</summary>
    public void Leave()
    {
        Count = 0;
        _isReached = false;
    }

    /// <summary>What an exception handler begins with.</summary>
    public void Expect(int place, params ValueKind[] values) => _arriving[place] = values;

    public void Jump(int from, int to)
    {
        if (Count == 0 && !_arriving.ContainsKey(to))
            return;
        if (to <= from)
            IsSound &= Count == 0; // what was read with another stack would have to be read again
        else if (_arriving.TryGetValue(to, out ValueKind[]? other))
            Merge(other);
        else
            _arriving[to] = Copy();
    }

    /// <summary>Takes in the stacks of all jumps that led to here.</summary>
    public void Arrive(int place)
    {
        if (_arriving.TryGetValue(place, out ValueKind[]? other))
        {
            if (_isReached)
                Merge(other);
            Count = 0;
            foreach (ValueKind kind in other)
                Push(kind);
        }
        _isReached = true;
    }

    private ValueKind[] Copy() => _values[..Count];

    /// <summary>A closure from either side is one; only what both sides follow is followed.</summary>
    private void Merge(ValueKind[] into)
    {
        if (into.Length != Count)
        {
            IsSound = false;
            return;
        }
        for (int i = 0; i < into.Length; i++)
        {
            if (into[i] != _values[i])
                into[i] = into[i] == ValueKind.Closure || _values[i] == ValueKind.Closure ? ValueKind.Closure : ValueKind.Other;
        }
    }
}
