using System.Runtime.InteropServices;

namespace Tessera.Serialization;

/// <summary>
/// Reads a message of a <see cref="MessageWriter"/>, in the same order and with the same types. What was read may be used after
/// <see cref="Finish"/>. Not thread safe.
/// </summary>
internal sealed partial class MessageReader
{
    private readonly List<Arrived> _objects = [];
    private readonly ReadTypes _types = new();
    private readonly List<Array> _attachments = [];
    private readonly List<WaitingTable> _waiting = [];
    private Receive? _receive;
    private byte[] _bytes = [];
    private int _position;
    private int _drained;
    private int _received;
    private int _filled;

    /// <summary>Fills all of the destination with what comes next after the structure.</summary>
    public delegate void Receive(Span<byte> destination);

    private readonly record struct Arrived(object? Value, ObjectCodec Codec);

    public void Begin(ReadOnlyMemory<byte> structure, Receive attachments)
    {
        Forget();
        _receive = attachments;
        if (MemoryMarshal.TryGetArray(structure, out ArraySegment<byte> segment))
            (_bytes, _position) = (segment.Array!, segment.Offset);
        else
            (_bytes, _position) = (structure.ToArray(), 0);
    }

    public T Read<T>()
    {
        if (Slot<T>.IsRaw)
            return ReadRaw<T>();
        T value = Slot<T>.Instance.Read(this);
        Drain();
        return value;
    }

    public void ReadMany<T>(Span<T> values)
    {
        Slot<T>.Instance.ReadMany(this, values);
        Drain();
    }

    /// <summary>The other side of <see cref="MessageWriter.WriteEach"/>.</summary>
    public void ReadEach<T>(Span<T> values)
    {
        if (FixedTypes.HasAllOf(typeof(T)))
        {
            ReadMany(values);
            return;
        }

        ForgetObjects();
        foreach (ref T value in values)
        {
            value = Read<T>();
            ForgetObjects();
        }
    }

    private void ForgetObjects()
    {
        _objects.Clear();
        _replaced.Clear();
        _early.Clear();
        (_drained, _hasClosures) = (0, false);
    }

    /// <summary>Receives the attachments, fills what had to wait for its contents, and releases the message.</summary>
    public void Finish()
    {
        Complete(isAll: true);
        Forget();
    }

    private void Drain()
    {
        ReadAnnounced();
        ReadVariables();
    }

    private void ReadAnnounced()
    {
        while (_drained < _objects.Count)
        {
            Arrived next = _objects[_drained++];
            if (_early.Count > 0 && _early.Remove(_drained - 1))
                continue;
            next.Codec.ReadContents(this, next.Value!);
        }
    }

    /// <summary>Makes all that was read so far usable.</summary>
    private void Complete(bool isAll)
    {
        for (; _received < _attachments.Count; _received++)
        {
            Array array = _attachments[_received];
            for (int piece = 0; piece < ArrayBytes.PieceCount(array); piece++)
                _receive!(ArrayBytes.PieceOf(array, piece));
        }
        WaitingTable.FillAll(_waiting, isAll ? 0 : _filled, isAll);
        _filled = _waiting.Count;
    }

    private void Forget()
    {
        if (_objects.Capacity > 4096 && _objects.Count < _objects.Capacity / 8)
            _objects.Capacity = _objects.Count; // one large message isn't kept for ever
        _objects.Clear();
        _replaced.Clear();
        _early.Clear();
        _types.Clear();
        _attachments.Clear();
        _waiting.Clear();
        (_receive, _bytes, _position) = (null, [], 0);
        (_drained, _received, _filled, _hasClosures) = (0, 0, 0, false);
    }
}
