namespace Tessera.Serialization;

/// <summary>Makes copies of values with all that they lead to, just as they would arrive in another process. Not thread safe.</summary>
internal sealed class Copies
{
    private readonly MessageWriter _writer = new();
    private readonly MessageReader _reader = new();
    private int _attachment; // that comes next
    private int _piece;      // of it

    /// <summary>Copies of some values; what two of them share, their copies share.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">One of them can't travel.</exception>
    public object?[] Of(ReadOnlySpan<object?> values)
    {
        var copies = new object?[values.Length];
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
}
