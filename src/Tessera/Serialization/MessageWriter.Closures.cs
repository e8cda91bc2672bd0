namespace Tessera.Serialization;

internal sealed partial class MessageWriter
{
    /// <summary>What functions use of closures, in the order that it was found in.</summary>
    private readonly List<(int Closure, UsedVariables Used)> _uses = [];

    /// <summary>Uses below this number are written, or are being written.</summary>
    private int _usesWritten;

    /// <summary>How many closures the message has.</summary>
    private int _closures;

    /// <summary>Keeps what is used of the closure that is being announced.</summary>
    public void AddClosure(WrittenClosure closure)
    {
        _objects[_current].Codec = closure;
        _closures++;
    }

    /// <summary>More of a closure that the message has is used.</summary>
    public void Use(object closure, UsedVariables used) => Use(_objects.Find(closure), used);

    /// <summary>Begins a variable of a closure, after all that the last one led to.</summary>
    public void WriteVariable(int closure, int field)
    {
        if (_picking > 0)
            WriteRaw(PickedVariable);
        else
            WriteAnnounced();
        _current = closure;
        WriteNumber((uint)closure + 1);
        WriteNumber((uint)field);
    }

    private void Use(int number, UsedVariables used)
    {
        if (_objects[number].Codec is WrittenClosure closure && closure.Add(used))
            _uses.Add((number, used));
    }

    /// <summary>Writes the used variables with all that they lead to. A message without closures has nothing of this.</summary>
    private void WriteUses()
    {
        while (_usesWritten < _uses.Count)
        {
            (int number, UsedVariables used) = _uses[_usesWritten++];
            if (_earlyUses.Count > 0 && _earlyUses.Remove(_usesWritten - 1))
                continue;
            ((WrittenClosure)_objects[number].Codec).Write(this, number, _objects[number].Value, used);
            WriteAnnounced();
        }
        if (_closures > 0)
            WriteRaw((byte)0);
    }

    /// <summary>Takes back the uses from a number on, while all their closures are still known.</summary>
    private void TruncateUses(int count, int closures)
    {
        for (int i = _uses.Count - 1; i >= count; i--)
            ((WrittenClosure)_objects[_uses[i].Closure].Codec).RemoveLast();
        _uses.RemoveRange(count, _uses.Count - count);
        (_usesWritten, _closures) = (count, closures);
    }
}
