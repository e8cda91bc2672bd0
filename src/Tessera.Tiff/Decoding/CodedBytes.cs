namespace Tessera.TiffFormat;

/// <summary>The first bytes of an array as a stream that remembers whether its reader wanted more: a decoder that has seen the end of its data doesn't.</summary>
internal sealed class CodedBytes(byte[] bytes, int count) : Stream
{
    private int _position;

    /// <summary>True once a read found nothing left.</summary>
    public bool RanOut { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The stream is only read from.");

    public override long Position
    {
        get => throw new NotSupportedException("The stream is only read from.");
        set => throw new NotSupportedException("The stream is only read from.");
    }

    public override int Read(Span<byte> buffer)
    {
        int some = Math.Min(buffer.Length, count - _position);
        RanOut |= some == 0 && !buffer.IsEmpty;
        bytes.AsSpan(_position, some).CopyTo(buffer);
        _position += some;
        return some;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream is only read from.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream is only read from.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is only read from.");
}
