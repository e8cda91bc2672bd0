namespace Tessera.Serialization;

/// <summary>
/// Makes copies of values with all that they lead to, just as they would arrive in another process; but for what is asked to be itself (<see cref="AsItself"/>).
/// Not thread safe.
/// </summary>
internal sealed class Copies
{
    [ThreadStatic]
    private static Copies? _current; // objects are asked for their replacement without knowing for whom

    private readonly MessageWriter _writer = new();
    private readonly MessageReader _reader = new();
    private readonly List<object> _same = []; // of the message that is being written and read
    private int _attachment; // that comes next
    private int _piece;      // of it

    /// <summary>What an object that nobody can change travels as, if it is written for a copy in this process: the copy has the object itself.</summary>
    /// <returns>Null if it is written for another process.</returns>
    public static ITravelForm<T>? AsItself<T>(T unchanging)
        where T : class
    {
        if (_current is not { } current)
            return null;
        current._same.Add(unchanging);
        return new Itself<T>(current._same.Count - 1);
    }

    /// <summary>Copies of some values; what two of them share, their copies share.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">One of them can't travel.</exception>
    public object?[] Of(ReadOnlySpan<object?> values)
    {
        var copies = new object?[values.Length];
        Copies? outer = _current;
        _current = this;
        try
        {
            _writer.WriteMany(values);
            (_attachment, _piece) = (0, 0);
            _reader.Begin(_writer.WrittenMemory, Receive);
            _reader.ReadMany<object?>(copies);
            _reader.Finish();
        }
        finally
        {
            _current = outer;
            _same.Clear();
            _writer.Clear();
        }

        return copies;
    }

    private void Receive(Span<byte> destination)
    {
        Array array = _writer.Attachments[_attachment];
        ArrayBytes.PieceOf(array, _piece++).CopyTo(destination);
        if (_piece == ArrayBytes.PieceCount(array))
            (_attachment, _piece) = (_attachment + 1, 0);
    }

    private sealed class Itself<T>(int number) : ITravelForm<T>
        where T : class
    {
        public T Open() => (T)_current!._same[number];
    }
}
