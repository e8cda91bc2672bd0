namespace Tessera.Hdf5Format;

/// <summary>
/// The bytes of an HDF5 file by the file's own addresses: these count from the base address (behind a user block), and offsets and lengths have
/// the sizes that the superblock states. Everything that is read is checked against the end of the file before memory is allocated for it.
/// </summary>
internal sealed class FileBytes(ReadOnlyFile file, long baseAddress, int offsetSize, int lengthSize)
{
    /// <summary>What is read around a small piece of metadata, since the next one mostly lies near: headers of objects are made one after another.</summary>
    private const int WindowBytes = 4096;

    /// <summary>Larger pieces are read by themselves.</summary>
    private const int MostOfWindow = WindowBytes / 2;

    [NonSerialized] // a worker process reads elements, and has no window
    private readonly Lock? _gate = new();

    [NonSerialized]
    private byte[]? _window; // of a file that nobody changes

    [NonSerialized]
    private long _windowStart, _windowEnd; // in the file

    /// <summary>What an address holds that leads nowhere, whatever its size in the file.</summary>
    public const long Undefined = -1;

    public ReadOnlyFile File => file;

    /// <summary>Bytes of an address: 2, 4 or 8.</summary>
    public int OffsetSize => offsetSize;

    /// <summary>Bytes of a length: 2, 4 or 8.</summary>
    public int LengthSize => lengthSize;

    /// <summary>The bytes from an address on.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public byte[] Read(long address, long count)
    {
        Require(address, count);
        if (count > Array.MaxLength)
            throw Damaged(address, $"{count} bytes should lie here in one piece, which is more than is read at once");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)count);
        Fill(bytes, baseAddress + address);
        return bytes;
    }

    /// <summary>Fills a span with the bytes from an address on.</summary>
    public void Read(long address, Span<byte> destination)
    {
        Require(address, destination.Length);
        file.Read(destination, baseAddress + address);
    }

    /// <summary>Metadata, of which small pieces come out of the window, unless another thread is at it or the file may change.</summary>
    private void Fill(Span<byte> destination, long position)
    {
        if (destination.Length > MostOfWindow || file.Changes != FileChanges.None || _gate is not { } gate || !gate.TryEnter())
        {
            file.Read(destination, position);
            return;
        }

        try
        {
            if (position < _windowStart || position + destination.Length > _windowEnd || file.IsDisposed)
            {
                _windowEnd = 0; // nothing, if the reading fails
                _window ??= new byte[WindowBytes];
                long start = position / WindowBytes * WindowBytes;
                if (position + destination.Length > start + WindowBytes)
                    start = position;
                int count = (int)Math.Min(WindowBytes, file.Length - start);
                file.Read(_window.AsSpan(0, count), start);
                (_windowStart, _windowEnd) = (start, start + count);
            }

            _window.AsSpan((int)(position - _windowStart), destination.Length).CopyTo(destination);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Bytes from an address on, at most <paramref name="count"/> and fewer where the file ends.</summary>
    public byte[] ReadUpTo(long address, int count)
    {
        Require(address, 1);
        return Read(address, Math.Min(count, file.Length - baseAddress - address));
    }

    /// <summary>A reader of the bytes from an address on.</summary>
    public MetadataReader ReaderAt(long address, long count) => new(this, address, Read(address, count));

    /// <summary>Checks that the file has <paramref name="count"/> bytes from an address on.</summary>
    public void Require(long address, long count)
    {
        if (address < 0 || address > long.MaxValue - baseAddress)
            throw Damaged(FileBytes.Undefined, $"{count} bytes should lie at the address {address:X}, which no file has");
        file.Require(baseAddress + address, count);
    }

    /// <summary>The one form of every complaint: which file, where, what.</summary>
    public InvalidDataException Damaged(long address, string what, Exception? cause = null) =>
        address < 0 ? new($"'{file.Name}': {what}.", cause) : file.Damaged(baseAddress + address, what, cause);
}
