namespace Tessera.Hdf5Format;

/// <summary>The bytes of a dataset in one piece, wherever they lie.</summary>
internal abstract class ContiguousBytes
{
    /// <summary>False while nothing was written.</summary>
    public abstract bool AreThere { get; }

    /// <summary>Checks that there is room for all elements.</summary>
    /// <exception cref="InvalidDataException">There isn't.</exception>
    public abstract void Require(Shape shape, int elementBytes);

    /// <summary>Checks that so many bytes can be there, before room is made for them.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public abstract void RequireRead(long offset, long bytes);

    public abstract void Read(long offset, Span<byte> destination);
}

/// <summary>In the file itself.</summary>
internal sealed class BytesInFile(FileBytes file, ContiguousLayout layout) : ContiguousBytes
{
    public override bool AreThere => layout.Address != FileBytes.Undefined;

    public override void Require(Shape shape, int elementBytes)
    {
        if (AreThere && layout.Bytes < checked(shape.Length * elementBytes))
            throw file.Damaged(layout.Address, $"{shape} elements of {elementBytes} bytes should lie here, and {layout.Bytes} bytes are stated");
    }

    public override void RequireRead(long offset, long bytes) => file.Require(layout.Address + offset, bytes);

    public override void Read(long offset, Span<byte> destination) => file.Read(layout.Address + offset, destination);
}

/// <summary>
/// In pieces of other files, one behind the other. Files are opened when bytes of them are needed; where one ends before its piece does, zeros follow, as
/// the reference library has it: what was never written isn't there.
/// </summary>
internal sealed class BytesInOtherFiles : ContiguousBytes
{
    private readonly ReadOnlyFile _from;
    private readonly OtherFiles _others;
    private readonly ExternalPiece[] _pieces;
    private readonly long[] _starts; // of each piece among all bytes, and behind them the end

    [NonSerialized]
    private ReadOnlyFile?[]? _files;

    public BytesInOtherFiles(FileStructure structure, ExternalLayout layout)
    {
        (_from, _others, _pieces) = (structure.File, structure.Others, layout.Pieces);
        _starts = new long[_pieces.Length + 1];
        for (int i = 0; i < _pieces.Length; i++)
            _starts[i + 1] = _pieces[i].Bytes == FileBytes.Undefined || _pieces[i].Bytes > long.MaxValue - _starts[i] ? long.MaxValue : _starts[i] + _pieces[i].Bytes;
    }

    public override bool AreThere => true;

    public override void Require(Shape shape, int elementBytes)
    {
        if (_starts[^1] < checked(shape.Length * elementBytes))
            throw new InvalidDataException($"'{_from.Name}': {shape} elements of {elementBytes} bytes should lie in other files, for which {_starts[^1]} bytes are stated.");
    }

    /// <summary>Behind the end of a file are zeros, so any number can be read.</summary>
    public override void RequireRead(long offset, long bytes)
    {
    }

    public override void Read(long offset, Span<byte> destination)
    {
        _others.RequireOpen();
        int piece = Array.BinarySearch(_starts, offset);
        piece = piece >= 0 ? piece : ~piece - 1;
        for (; !destination.IsEmpty; piece++)
        {
            Span<byte> part = destination[..(int)Math.Min(destination.Length, _starts[piece + 1] - offset)];
            ReadPiece(piece, offset - _starts[piece], part);
            destination = destination[part.Length..];
            offset += part.Length;
        }
    }

    private void ReadPiece(int piece, long within, Span<byte> part)
    {
        if (part.IsEmpty)
            return; // a piece of no bytes
        ReadOnlyFile file = Open(piece);
        long at = _pieces[piece].Offset <= long.MaxValue - within ? _pieces[piece].Offset + within : long.MaxValue;
        int there = (int)Math.Clamp(file.Length - at, 0, part.Length);
        if (there > 0)
            file.Read(part[..there], at);
        part[there..].Clear();
    }

    private ReadOnlyFile Open(int piece)
    {
        ReadOnlyFile?[] files = Volatile.Read(ref _files) ?? Interlocked.CompareExchange(ref _files, new ReadOnlyFile?[_pieces.Length], null) ?? _files;
        if (Volatile.Read(ref files[piece]) is { } known)
            return known;
        string name = _pieces[piece].File;
        ReadOnlyFile file = _others.FindRaw(name, _from, out string sought)
            ?? throw new FileNotFoundException($"'{_from.Name}' has elements in the file '{name}', which isn't there; it was looked for as {sought}.", name);
        Volatile.Write(ref files[piece], file);
        return file;
    }
}
