using System.Runtime.Serialization;

namespace Tessera.Serialization;

/// <remarks>
/// What travels in the place of an object is written with all that it leads to, before anything refers to the object, so that the reader can make the object of it.
/// At first so is all that waits to be written, which needs no search. But something that waits may refer to the object:
/// <code>
/// two sources with one client that has a form:   source 0 · source 1 · client → its form, with source 1, which refers to the client
/// </code>
/// Then the value is written once more, and with each form what it leads to alone. That is found out by writing the form into a message that nobody reads.
/// </remarks>
internal sealed partial class MessageWriter
{
    /// <summary>What comes next of that which a form leads to.</summary>
    internal const byte PickedEnd = 0, PickedObject = 1, PickedVariable = 2;

    /// <summary>Objects whose replacement is being written.</summary>
    private readonly HashSet<object> _arriving = new(ReferenceEqualityComparer.Instance);

    /// <summary>Objects whose replacement is written, so that they have no contents of their own.</summary>
    private readonly HashSet<object> _replaced = new(ReferenceEqualityComparer.Instance);

    /// <summary>Objects and uses of closures that were written before it was their turn.</summary>
    private readonly HashSet<int> _early = [], _earlyUses = [];

    private bool _hasLedBack; // since the value was begun
    private bool _picks; // writes with a form what it leads to alone
    private int _picking; // such forms, within one another
    private bool _isScout; // is written for what it leads to, and not read

    /// <summary>Writes what travels for an object with all that it leads to, at once, so that the reader can make the object of it.</summary>
    public void WriteWhole(object original, object replacement)
    {
        int outer = _current;
        _arriving.Add(original);
        _replaced.Add(original);
        if (!IsCanonical)
            WriteRaw(_picks);
        DeepStack.Run(() =>
        {
            if (_picks)
            {
                WritePicked(replacement);
                return;
            }

            WriteReference(replacement);
            Drain();
        });
        _arriving.Remove(original);
        _current = outer;
    }

    /// <summary>True where something else was written in the object's place.</summary>
    public bool IsReplaced(object original) => _replaced.Contains(original);

    /// <summary>True if a value was refused that may not be, if less of it is written with its forms.</summary>
    private bool MayPick => _hasLedBack && !_picks;

    /// <summary>Takes back what was written of a value, to write it once more.</summary>
    private void BeginPicking(Mark value)
    {
        Truncate(value);
        _picks = true;
    }

    private void EndPicking() => (_picks, _picking) = (false, 0);

    /// <summary>Writes a form, and of all that waits what the form leads to.</summary>
    private void WritePicked(object form)
    {
        MessageWriter led = LedToBy(form);
        int first = _objects.Count; // from here on all comes of the form
        _picking++;
        WriteReference(form);
        for (bool isMore = true; isMore;)
        {
            isMore = false;
            for (int number = first; number < _objects.Count; number++)
                isMore |= WriteEarly(number);
            for (int i = 0; i < led._objects.Count; i++)
                isMore |= WriteEarly(_objects.Find(led._objects[i].Value));
            isMore |= WriteEarlyUses(first, led);
        }

        _picking--;
        WriteRaw(PickedEnd);
    }

    private bool WriteEarly(int number)
    {
        if (number < _drained || !_early.Add(number))
            return false;
        WriteRaw(PickedObject);
        WriteNumber((uint)number);
        _current = number;
        ref ObjectTable.Entry entry = ref _objects[number];
        entry.Codec.WriteContents(this, entry.Value);
        return true;
    }

    private bool WriteEarlyUses(int first, MessageWriter led)
    {
        bool isAny = false;
        for (int use = _usesWritten; use < _uses.Count; use++)
        {
            (int number, UsedVariables used) = _uses[use];
            if ((number < first && !led.Uses(_objects[number].Value, used)) || !_earlyUses.Add(use))
                continue;
            ((WrittenClosure)_objects[number].Codec).Write(this, number, _objects[number].Value, used);
            isAny = true;
        }

        return isAny;
    }

    /// <summary>True if a part of what is used of a closure is used here as well; then all of that part is written.</summary>
    private bool Uses(object closure, UsedVariables used) =>
        _objects.Find(closure) is >= 0 and var number && (used == UsedVariables.All || ((WrittenClosure)_objects[number].Codec).Has(used));

    /// <summary>A message of what a form leads to.</summary>
    private static MessageWriter LedToBy(object form)
    {
        var scout = new MessageWriter { _isScout = true };
        try
        {
            scout.WriteReference(form);
            scout.Drain();
        }
        catch (SerializationException)
        {
            // What can't travel is met again in the message itself, which tells the way to it.
        }

        return scout;
    }
}
