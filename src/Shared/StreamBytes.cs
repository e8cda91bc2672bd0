namespace Tessera.Files;

/// <summary>
/// The bytes of a stream from where it stands on, to be read from any place by any thread, one after the other. A stream that can't seek is
/// read to its end into memory first.
/// </summary>
internal sealed class StreamBytes : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly long _start;
    private readonly bool _leaveOpen;

    /// <summary>Takes a stream.</summary>
    /// <exception cref="ArgumentException">It can't be read, or stands at its end.</exception>
    /// <exception cref="NotSupportedException">It can't seek, and has more bytes than memory takes in one piece.</exception>
    public StreamBytes(Stream stream, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException($"'{NameOf(stream)}' was to be read, and is a stream that can't be read; it is closed, or for writing only.", nameof(stream));
        if (stream.CanSeek && stream.Position > 0 && stream.Position >= stream.Length)
            throw new ArgumentException($"'{NameOf(stream)}' was to be read, and stands at its end, byte {stream.Position}; set its Position to where the file begins, 0 mostly.", nameof(stream));

        _leaveOpen = leaveOpen;
        _stream = stream.CanSeek ? stream : InMemory(stream, leaveOpen);
        _start = _stream.Position;
        Length = _stream.Length - _start;
    }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>What messages call a stream: its file, or its type.</summary>
    public static string NameOf(Stream stream) => stream is FileStream file ? file.Name : stream.GetType().Name;

    /// <summary>Reads some bytes from a place on; none at the end.</summary>
    public int Read(Span<byte> destination, long offset)
    {
        lock (_gate)
        {
            _stream.Position = _start + offset;
            return _stream.Read(destination);
        }
    }

    public void Dispose()
    {
        if (!_leaveOpen)
            _stream.Dispose();
    }

    private static MemoryStream InMemory(Stream stream, bool leaveOpen)
    {
        var memory = new MemoryStream();
        try
        {
            stream.CopyTo(memory);
        }
        catch (IOException tooLong) when (memory.Length > Array.MaxLength / 2)
        {
            throw new NotSupportedException(
                $"'{NameOf(stream)}' can't seek, so it was to be read into memory, and has more than the {Array.MaxLength} bytes that fit there; copy it to a file, and open that.", tooLong);
        }

        if (!leaveOpen)
            stream.Dispose();
        memory.Position = 0;
        return memory;
    }
}
