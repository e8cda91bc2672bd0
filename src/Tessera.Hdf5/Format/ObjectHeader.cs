namespace Tessera.Hdf5Format;

/// <summary>
/// The messages of one object, gathered from all pieces of its header. A header's first piece lies at its address; continuation messages lead
/// to further ones, which a file that is damaged may chain in a circle.
/// </summary>
internal sealed class ObjectHeader
{
    private const int UsualBytes = 512; // most headers are read at once
    private const int MostBytes = 64 << 20; // of a piece: no sound header comes near

    private readonly List<HeaderMessage> _messages = [];

    private ObjectHeader(FileBytes file, long address) => (File, Address) = (file, address);

    public FileBytes File { get; }

    public long Address { get; }

    public IReadOnlyList<HeaderMessage> Messages => _messages;

    /// <summary>Reads a header with all that continues it.</summary>
    /// <exception cref="InvalidDataException">There is no header here, or it is damaged.</exception>
    public static ObjectHeader Read(FileBytes file, long address)
    {
        if (address == FileBytes.Undefined)
            throw file.Damaged(address, "an object without an address is referred to");
        var header = new ObjectHeader(file, address);
        byte[] start = file.ReadUpTo(address, UsualBytes);
        var continuations = new Queue<(long Address, long Bytes)>(); // most have none
        bool isOld = !start.AsSpan().StartsWith("OHDR"u8);
        byte flags = isOld ? (byte)0 : header.ReadNew(start, continuations);
        if (isOld)
            header.ReadOld(start, continuations);

        NodeVisits? visits = null;
        while (continuations.TryDequeue(out (long Address, long Bytes) piece))
        {
            visits ??= new NodeVisits(file);
            visits.Enter(piece.Address, piece.Bytes, "a continuation of an object header");
            if (isOld)
                header.ReadMessages(file.ReaderAt(piece.Address, piece.Bytes), piece.Bytes, null, continuations);
            else
                header.ReadContinuation(piece.Address, piece.Bytes, flags, continuations);
        }

        return header;
    }

    /// <summary>The message of a kind; null where there is none.</summary>
    public HeaderMessage? Find(MessageKind kind)
    {
        foreach (HeaderMessage message in _messages)
        {
            if (message.Kind == kind)
                return message;
        }

        return null;
    }

    /// <summary>Version 1: a prefix of 16 bytes, then messages at multiples of 8.</summary>
    private void ReadOld(byte[] start, Queue<(long Address, long Bytes)> continuations)
    {
        var prefix = new MetadataReader(File, Address, start);
        byte version = prefix.Byte();
        if (version != 1)
            throw File.Damaged(Address, $"an object header should begin here, and it has the version {version}; 1 and 2 are read");
        prefix.Skip(7);
        uint bytes = prefix.UInt32();
        const int Prefix = 16;
        MetadataReader all = Whole(start, Prefix + (long)bytes);
        all.MoveTo(Prefix);
        ReadMessages(all, bytes, null, continuations);
    }

    /// <summary>Version 2: "OHDR", flags, a size of 1 to 8 bytes, messages without padding, a checksum over all of it.</summary>
    private byte ReadNew(byte[] start, Queue<(long Address, long Bytes)> continuations)
    {
        var prefix = new MetadataReader(File, Address, start);
        prefix.Signature("OHDR", "an object header");
        byte version = prefix.Byte();
        if (version != 2)
            throw File.Damaged(Address + 4, $"the object header has the version {version}; 1 and 2 are read");
        byte flags = prefix.Byte();
        prefix.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0)); // times; limits of compact storage
        ulong bytes = prefix.Number(1 << (flags & 3));
        if (bytes > (ulong)File.File.Length)
            throw File.Damaged(Address, $"the object header should have {bytes} bytes, and the file has {File.File.Length}");

        MetadataReader all = Whole(start, prefix.Position + (long)bytes + 4);
        all.MoveTo(prefix.Position + (int)bytes);
        all.Checksum("the object header");
        all.MoveTo(prefix.Position);
        ReadMessages(all, (long)bytes, flags, continuations);
        return flags;
    }

    /// <summary>The first piece, of which so much was read already as usually is all of it.</summary>
    private MetadataReader Whole(byte[] start, long bytes)
    {
        if (bytes > MostBytes)
            throw File.Damaged(Address, $"the object header should have {bytes} bytes; up to {MostBytes} are read");
        return bytes <= start.Length ? new MetadataReader(File, Address, start.AsSpan(0, (int)bytes)) : File.ReaderAt(Address, bytes);
    }

    private void ReadContinuation(long address, long bytes, byte flags, Queue<(long Address, long Bytes)> continuations)
    {
        if (bytes < 8)
            throw File.Damaged(address, $"a continuation of an object header should have {bytes} bytes, and the least is 8");
        MetadataReader piece = File.ReaderAt(address, bytes);
        piece.MoveTo((int)bytes - 4);
        piece.Checksum("the continuation of an object header");
        piece.MoveTo(0);
        piece.Signature("OCHK", "the continuation of an object header");
        ReadMessages(piece, bytes - 8, flags, continuations);
    }

    /// <param name="reader">Stands at the first message.</param>
    /// <param name="bytes">Of all messages together.</param>
    /// <param name="flags">Of a version 2 header; null for version 1.</param>
    /// <param name="continuations">Takes the further pieces.</param>
    private void ReadMessages(MetadataReader reader, long bytes, byte? flags, Queue<(long Address, long Bytes)> continuations)
    {
        int prefix = flags is null ? 8 : (flags & 4) != 0 ? 6 : 4;
        int end = reader.Position + (int)bytes;
        while (end - reader.Position >= prefix)
        {
            var kind = (MessageKind)(flags is null ? reader.UInt16() : reader.Byte());
            int size = reader.UInt16();
            byte messageFlags = reader.Byte();
            reader.Skip(prefix - (flags is null ? 5 : 4)); // version 1: reserved; version 2: the order in which it was made
            long address = reader.Address + reader.Position;
            byte[] body = reader.Bytes(Math.Min(size, end - reader.Position)).ToArray();
            if (body.Length < size)
                throw reader.Damaged($"a header message of {size} bytes should lie here, and the header ends after {body.Length}", -body.Length);

            if (kind == MessageKind.Continuation)
            {
                var continuation = new MetadataReader(File, address, body);
                continuations.Enqueue((continuation.Offset(), continuation.Length()));
            }
            else if (kind != MessageKind.Nil)
            {
                _messages.Add(new HeaderMessage(kind, messageFlags, body, address));
            }
        }
    }
}
