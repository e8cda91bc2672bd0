using System.Buffers.Binary;
using System.Net.Sockets;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>
/// Messages over a socket: the length of the structure in four bytes, that of the attachments in eight, the structure, then the bytes of the attachments,
/// which go from array to array without being copied in between.
/// </summary>
internal sealed class MessageChannel(Socket socket) : IDisposable
{
    private const int HeaderBytes = sizeof(int) + sizeof(long);

    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(30); // the system counts microseconds in 32 bits

    private readonly byte[] _outgoing = new byte[64 << 10];
    private int _written;
    private byte[] _incoming = new byte[64 << 10];
    private int _from; // of what has come and wasn't read
    private int _to;
    private long _attached; // bytes of the last message's attachments that were not received

    /// <summary>True where the next message is here, at least in part.</summary>
    public bool HasMessage => _to > _from && _attached == 0;

    /// <summary>Sends a message, at the latest with <see cref="Flush"/>: calls of the system cost more than small messages.</summary>
    /// <exception cref="ChannelEndedException">The other side is gone.</exception>
    public void Send(MessageWriter message)
    {
        ReadOnlySpan<byte> structure = message.Written;
        if (HeaderBytes + structure.Length > _outgoing.Length - _written)
            Flush();
        Span<byte> header = _outgoing.AsSpan(_written);
        BinaryPrimitives.WriteInt32LittleEndian(header, structure.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[sizeof(int)..], message.TotalBytes - structure.Length);
        _written += HeaderBytes;
        if (structure.Length <= _outgoing.Length - _written)
        {
            structure.CopyTo(_outgoing.AsSpan(_written));
            _written += structure.Length;
        }
        else
        {
            Flush();
            SendAll(structure);
        }

        if (message.Attachments.Count > 0)
            Flush();

        foreach (Array attachment in message.Attachments)
        {
            for (int piece = 0; piece < ArrayBytes.PieceCount(attachment); piece++)
                SendAll(ArrayBytes.PieceOf(attachment, piece));
        }
    }

    /// <summary>Sends what was written.</summary>
    /// <exception cref="ChannelEndedException">The other side is gone.</exception>
    public void Flush()
    {
        int written = _written;
        _written = 0;
        SendAll(_outgoing.AsSpan(0, written));
    }

    /// <summary>True once something has come.</summary>
    public bool Wait(TimeSpan time)
    {
        if (_to > _from)
            return true;
        for (; time > LongestPoll; time -= LongestPoll)
        {
            if (socket.Poll(LongestPoll, SelectMode.SelectRead))
                return true;
        }

        return socket.Poll(time, SelectMode.SelectRead);
    }

    /// <summary>Waits for a message and lets the reader begin with it.</summary>
    /// <exception cref="ChannelEndedException">The other side is gone.</exception>
    public void Receive(MessageReader message)
    {
        for (var rest = new byte[Math.Min(_attached, 64 << 10)]; _attached > 0;)
            ReceiveAll(rest.AsSpan(0, (int)Math.Min(_attached, rest.Length))); // of a message that couldn't be read to its end

        Fill(HeaderBytes);
        int length = BinaryPrimitives.ReadInt32LittleEndian(_incoming.AsSpan(_from));
        _attached = BinaryPrimitives.ReadInt64LittleEndian(_incoming.AsSpan(_from + sizeof(int)));
        _from += HeaderBytes;
        Fill(length);
        ReadOnlyMemory<byte> structure = _incoming.AsMemory(_from, length);
        _from += length;
        message.Begin(structure, ReceiveAll);
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Has at least so many bytes that weren't read, one after another.</summary>
    private void Fill(int bytes)
    {
        if (_to - _from >= bytes)
            return;
        Span<byte> rest = _incoming.AsSpan(_from, _to - _from);
        byte[] buffer = bytes <= _incoming.Length ? _incoming : new byte[Math.Max(bytes, (int)Math.Min(Array.MaxLength, 2L * _incoming.Length))];
        rest.CopyTo(buffer);
        (_incoming, _from, _to) = (buffer, 0, rest.Length);
        while (_to < bytes)
            _to += ReceiveSome(_incoming.AsSpan(_to));
    }

    private void ReceiveAll(Span<byte> destination)
    {
        int waiting = Math.Min(destination.Length, _to - _from);
        _incoming.AsSpan(_from, waiting).CopyTo(destination);
        _from += waiting;
        for (int done = waiting; done < destination.Length;)
            done += ReceiveSome(destination[done..]);
        _attached -= destination.Length;
    }

    private int ReceiveSome(Span<byte> destination)
    {
        int received;
        try
        {
            received = socket.Receive(destination);
        }
        catch (SocketException failure)
        {
            throw new ChannelEndedException(failure);
        }

        return received > 0 ? received : throw new ChannelEndedException();
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[socket.Send(bytes)..];
        }
        catch (SocketException failure)
        {
            throw new ChannelEndedException(failure);
        }
    }
}
