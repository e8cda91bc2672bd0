using System.Runtime.Serialization;

namespace Tessera.Serialization;

/// <summary>
/// Writes values and functions into one message, for another process of the same program. <see cref="Clear"/> begins a new message.
/// Not thread safe.
/// </summary>
/// <remarks>
/// Breadth first: a new object is announced where it is first met (its type, and what is needed to allocate it), and its contents
/// follow later, so neither cycles nor long lists need a deep stack. An array of two nodes that refer to each other is written as
/// <code>
/// new Node[2]     id 0
///   new Node      id 1, an element
///   new Node      id 2, an element
///   @2            the field of 1
///   @1            the field of 2
/// </code>
/// </remarks>
internal sealed partial class MessageWriter
{
    private const int KeptBytes = 1 << 20;

    private readonly ObjectTable _objects = new();
    private readonly WrittenTypes _types = new();
    private readonly List<Array> _attachments = [];
    private byte[] _bytes = new byte[256];
    private int _length;
    private long _attachedBytes;

    /// <summary>Objects below this number have their contents written, or are being written.</summary>
    private int _drained;

    /// <summary>The object whose announcement or contents are being written; -1 at the roots.</summary>
    private int _current = -1;

    private int _largest = -1;
    private long _largestBytes;

    /// <summary>
    /// True for messages that are hashed and never read: structs are written field by field, since what lies between their fields, and in a nullable one that is
    /// null, is left from whatever was there before.
    /// </summary>
    public bool IsCanonical { get; init; }

    /// <summary>The message's structure: all but the attachments.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <summary>Large arrays of unmanaged elements. The caller sends their bytes after the structure, in this order.</summary>
    public IReadOnlyList<Array> Attachments => _attachments;

    /// <summary>Structure and attachments.</summary>
    public long TotalBytes => _length + _attachedBytes;

    /// <summary>The largest array or string of the message, and the way to it: "data (double[])".</summary>
    public (string Path, long Bytes) Largest =>
        _largest < 0 ? ("nothing", 0) : (ObjectPath.Described(_objects, _largest), _largestBytes);

    /// <summary>Begins a new message, and releases the objects of the last one.</summary>
    public void Clear()
    {
        if (_bytes.Length > KeptBytes && _length < _bytes.Length / 8)
            _bytes = new byte[256]; // one large message isn't kept for ever
        Truncate(default);
    }

    /// <summary>Writes a value with all that it refers to. What was written before in this message is referred to, not repeated.</summary>
    public void Write<T>(T value)
    {
        if (Slot<T>.IsRaw)
        {
            WriteRaw(in value);
            return;
        }

        Mark before = Here;
        _hasLedBack = false;
        try
        {
            Slot<T>.Instance.Write(this, in value);
            Drain();
        }
        catch (SerializationException) when (MayPick)
        {
            BeginPicking(before);
            Slot<T>.Instance.Write(this, in value);
            Drain();
        }
        finally
        {
            EndPicking();
        }
    }

    /// <summary>Writes values without their number, which the reader has to know.</summary>
    public void WriteMany<T>(ReadOnlySpan<T> values)
    {
        Mark before = Here;
        _hasLedBack = false;
        try
        {
            Slot<T>.Instance.WriteMany(this, values);
            Drain();
        }
        catch (SerializationException) when (MayPick)
        {
            BeginPicking(before);
            Slot<T>.Instance.WriteMany(this, values);
            Drain();
        }
        finally
        {
            EndPicking();
        }
    }

    /// <summary>Writes values none of which shares an object with another when they arrive, whatever they share here. Their number the reader has to know.</summary>
    public void WriteEach<T>(ReadOnlySpan<T> values)
    {
        if (FixedTypes.HasAllOf(typeof(T)))
        {
            WriteMany(values); // nobody can tell
            return;
        }

        ForgetObjects();
        foreach (ref readonly T value in values)
        {
            Write(value);
            ForgetObjects();
        }
    }

    /// <summary>What was written before is written again where it is met again.</summary>
    private void ForgetObjects()
    {
        TruncateUses(0, 0);
        _objects.Truncate(0);
        _replaced.Clear();
        _early.Clear();
        _earlyUses.Clear();
        (_drained, _current, _largest, _largestBytes) = (0, -1, -1, 0);
    }

    /// <summary>How much of a message there is, to take back what comes after.</summary>
    internal readonly record struct Mark(int Length, int Objects, int Types, int Modules, int Attachments, int Uses, int Closures);

    internal Mark Here =>
        new(_length, _objects.Count, _types.Count, _types.ModuleCount, _attachments.Count, _uses.Count, _closures);

    /// <summary>Takes back all that was written after a mark between two values.</summary>
    internal void Truncate(Mark mark)
    {
        _length = mark.Length;
        TruncateUses(mark.Uses, mark.Closures);
        _objects.Truncate(mark.Objects);
        _types.Truncate(mark.Types, mark.Modules);
        for (int i = mark.Attachments; i < _attachments.Count; i++)
            _attachedBytes -= ArrayBytes.Count(_attachments[i]);
        _attachments.RemoveRange(mark.Attachments, _attachments.Count - mark.Attachments);
        _drained = mark.Objects;
        _current = -1;
        _arriving.Clear();
        _early.Clear();
        _earlyUses.Clear();
        if (mark.Objects == 0)
            _replaced.Clear();
        if (_largest >= mark.Objects)
            (_largest, _largestBytes) = (-1, 0);
    }

    /// <summary>Writes the contents of all objects that were announced.</summary>
    private void Drain()
    {
        WriteAnnounced();
        WriteUses();
        _current = -1;
    }

    private void WriteAnnounced()
    {
        while (_drained < _objects.Count)
        {
            _current = _drained++;
            if (_early.Count > 0 && _early.Remove(_current))
                continue;
            ref ObjectTable.Entry entry = ref _objects[_current];
            entry.Codec.WriteContents(this, entry.Value);
        }
    }
}
