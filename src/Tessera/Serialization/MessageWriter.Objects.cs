using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Serialization;

namespace Tessera.Serialization;

internal sealed partial class MessageWriter
{
    /// <summary>Codes of references; from <see cref="FirstKnown"/> on they are numbers of objects that were announced before.</summary>
    internal const uint Null = 0, New = 1, FirstKnown = 2;

    /// <summary>A reference; an object that is new to the message is announced.</summary>
    public void WriteReference(object? value) => WriteReference(value, UsedVariables.All);

    /// <summary>A reference to a closure, of which something is used there.</summary>
    public void WriteReference(object? value, UsedVariables used)
    {
        if (value is null)
        {
            WriteRaw((byte)Null);
            return;
        }
        int known = _objects.Find(value);
        if (known >= 0)
        {
            if (_arriving.Count > 0 && !_isScout && _arriving.Contains(value))
            {
                _hasLedBack = true;
                Refuse(value.GetType(), Refusals.LeadsToItself);
            }

            WriteNumber((uint)known + FirstKnown);
        }
        else
        {
            WriteRaw((byte)New);
            known = Announce(value);
        }
        if (_closures > 0)
            Use(known, used);
    }

    public void WriteType(Type type) => _types.Write(this, type);

    public void WriteModule(Module module) => _types.WriteModule(this, module);

    /// <summary>Adds an array whose bytes travel after the structure.</summary>
    public void Attach(Array array)
    {
        _attachments.Add(array);
        _attachedBytes += ArrayBytes.Count(array);
    }

    /// <summary>Keeps the size of an array or a string that was just announced, if it is the largest.</summary>
    public void NoteSize(long bytes)
    {
        if (bytes > _largestBytes)
            (_largest, _largestBytes) = (_current, bytes);
    }

    /// <summary>Ends the writing with an error that tells the way to what can't travel.</summary>
    [DoesNotReturn]
    public void Refuse(Type type, Refusal refusal) =>
        throw new SerializationException(ObjectPath.Refused(_objects, _current, type, refusal));

    private int Announce(object value)
    {
        int outer = _current, number;
        if (value is string text)
        {
            number = _current = _objects.Add(value, StringCodec.Instance, outer);
            WriteType(typeof(string));
            WriteText(text);
            NoteSize(2L * text.Length);
        }
        else
        {
            WrittenType type = _types.Of(value.GetType());
            number = _current = _objects.Add(value, type.Codec, outer);
            _types.Write(this, type);
            type.Codec.Announce(this, value);
        }
        _current = outer;
        return number;
    }
}
