namespace Tessera.TiffFormat;

/// <summary>A stream that can seek, written from where it stands on. When all is written it stands behind the file.</summary>
/// <param name="stream">The stream, which stays open.</param>
internal sealed class StreamTarget(Stream stream) : WriteTarget
{
    private readonly Lock _gate = new();
    private long _start;
    private long _lengthBefore;
    private long _end;
    private bool _finished = true;

    public override string Name => StreamBytes.NameOf(stream);

    /// <summary>The way to write into a stream: at once if it can seek, else by way of a temporary file.</summary>
    /// <exception cref="ArgumentException">The stream can't be written.</exception>
    public static WriteTarget Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException($"'{StreamBytes.NameOf(stream)}' was to be written, and is a stream that can't be written; it is closed, or for reading only.", nameof(stream));
        return stream.CanSeek ? new StreamTarget(stream) : new SpooledTarget(stream);
    }

    public override void Begin() => (_start, _lengthBefore, _finished) = (stream.Position, stream.Length, false);

    public override void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_gate)
        {
            stream.Position = _start + offset;
            stream.Write(bytes);
            _end = Math.Max(_end, stream.Position);
        }
    }

    public override void Complete()
    {
        stream.Position = _end;
        _finished = true;
    }

    /// <summary>Cuts the stream back to the length that it had, and to where it stood. Bytes that it had there may have been written over.</summary>
    public override void Dispose()
    {
        if (_finished)
            return;
        _finished = true;
        try
        {
            if (stream.Length > _lengthBefore)
                stream.SetLength(_lengthBefore);
            stream.Position = _start;
        }
        catch (Exception refused) when (refused is IOException or NotSupportedException or ObjectDisposedException)
        {
            // what made the writing fail says more
        }
    }
}
