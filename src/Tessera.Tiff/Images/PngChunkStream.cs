using System.Buffers.Binary;

namespace Tessera.TiffFormat;

/// <summary>Cuts what is written to it into IDAT chunks of 64 KB.</summary>
internal sealed class PngChunkStream(Stream file) : Stream
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    private readonly byte[] _pending = new byte[64 * 1024];
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("The stream is only written to.");

    public override long Position
    {
        get => throw new NotSupportedException("The stream is only written to.");
        set => throw new NotSupportedException("The stream is only written to.");
    }

    /// <summary>Writes one chunk: length, type, data, CRC-32 of type and data.</summary>
    public static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(~0u, type), data));
        file.Write(number);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int some = Math.Min(buffer.Length, _pending.Length - _count);
            buffer[..some].CopyTo(_pending.AsSpan(_count));
            buffer = buffer[some..];
            _count += some;
            if (_count == _pending.Length)
                WritePending();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is only written to.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream is only written to.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream is only written to.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            WritePending();
        base.Dispose(disposing);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcOf(uint n)
    {
        for (int bit = 0; bit < 8; bit++)
            n = (n & 1) != 0 ? 0xEDB88320 ^ (n >> 1) : n >> 1;
        return n;
    }

    private void WritePending()
    {
        if (_count > 0)
            WriteChunk(file, "IDAT"u8, _pending.AsSpan(0, _count));
        _count = 0;
    }
}
