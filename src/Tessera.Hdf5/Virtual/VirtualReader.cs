using System.Collections.Concurrent;

namespace Tessera.Hdf5Format;

/// <summary>
/// Elements that are those of other datasets, in this file or in others. Sources are opened when their elements are first needed, each once; where one isn't
/// there, and where no piece lies, there is the fill value.
/// </summary>
internal sealed class VirtualReader : StorageReader
{
    private const long MostAtOnce = 64 << 20; // bytes: larger boxes are read in halves, unless they are one storage chunk
    private const long MostChunk = 16 << 20; // bytes of a box that is kept whole only because a source ends there
    private const int MostTries = 8; // sources that are looked at for their storage chunks

    private readonly VirtualMap _map;
    private readonly OtherFiles _others;
    private readonly FillValue _fill;
    private readonly string _type; // see TypeIdentity
    private readonly bool _staysInFile;
    private readonly bool _isNumbers; // read as numbers of its type, so that those of other types can become such
    private Cut? _cut; // found out before this travels, and then the same everywhere

    [NonSerialized] // it learns as it is asked, and what travels is a part of what plans are known by
    private SourceBytes? _bytes;

    [NonSerialized]
    private FileStructure? _structure;

    [NonSerialized]
    private Sources? _sources;

    public VirtualReader(FileStructure structure, VirtualMap map, Hdf5Type type, NumberFormat format, FillValue fill)
        : base(structure.Bytes, map.Shape, format)
    {
        (_structure, _map, _others, _fill) = (structure, map, structure.Others, fill);
        (_type, _staysInFile, _isNumbers) = (TypeIdentity.Of(type), TypeIdentity.RefersToItsFile(type), format == type.Format);
    }

    public override Shape StorageChunks => (_cut ??= LookAtSources()).Chunks;

    public override bool IsCheap => (_cut ??= LookAtSources()).IsCheap;

    public override ReadCost Cost => (_cut ??= LookAtSources()).Cost;

    /// <summary>The most that a source takes of those from which the box has elements.</summary>
    public override long WorkingBytes(Region region) => (_bytes ??= new SourceBytes(_map)).Of(_map.Search.Touching(region), region.Length, Format.Width, ReaderOf);

    public override void Read(Region region, Span<byte> destination, CancellationToken cancellation) =>
        Read(region, destination, new Allowance(region.Length), cancellation);

    /// <summary>Reads as a source of another virtual dataset.</summary>
    public void Read(Region region, Span<byte> destination, Allowance allowance, CancellationToken cancellation)
    {
        _others.RequireOpen();
        if (destination.Length > MostAtOnce && ReadHalves(region, destination, allowance, cancellation))
            return;

        int[] touched = _map.Search.Touching(region);
        if (touched is [var only] && Open(only, allowance) is { Reader: { } whole, Mapping: var all } && all.Covers(region))
        {
            Read(only, whole, all, region, destination, allowance, cancellation);
            return;
        }

        Span<long> origin = stackalloc long[region.Rank];
        origin.Clear();
        _fill.Fill(destination, region.Extent, origin, region.Extent, Format.Width);
        foreach (int number in touched)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Open(number, allowance) is { Reader: { } reader, Mapping: var mapping })
                Read(number, reader, mapping, region, destination, allowance, cancellation);
        }
    }

    private bool ReadHalves(Region region, Span<byte> destination, Allowance allowance, CancellationToken cancellation)
    {
        (int axis, long middle) = (0, 0);
        for (; axis < region.Rank; axis++)
        {
            (long unit, long start) = (StorageChunks[axis], region.Start[axis]);
            middle = (start + region.Extent[axis] / 2) / unit * unit;
            middle += middle > start ? 0 : unit;
            if (region.Extent[axis] > 1 && middle < region.End(axis))
                break;
        }

        if (axis == region.Rank)
            return false;
        (long[] from, long[] sizes) = ([.. region.Start], [.. region.Extent]);
        sizes[axis] = middle - from[axis];
        var first = new Region([.. from], Shape.Create(sizes));
        (from[axis], sizes[axis]) = (middle, region.End(axis) - middle);
        int bytes = (int)(first.Length * Format.Width);
        Read(first, destination[..bytes], allowance, cancellation);
        Read(new Region(from, Shape.Create(sizes)), destination[bytes..], allowance, cancellation);
        return true;
    }

    private void Read(int number, SourceReader reader, PieceMapping mapping, Region region, Span<byte> destination, Allowance allowance, CancellationToken cancellation)
    {
        try
        {
            mapping.Read(reader, region, destination, allowance, cancellation);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"The source {_map.Pieces[number]} can't be read. {damage.Message}", damage);
        }
    }

    private FileStructure Structure => Volatile.Read(ref _structure) ?? Interlocked.CompareExchange(ref _structure, new FileStructure(File.File, _others), null) ?? _structure;

    private Sources Open() => Volatile.Read(ref _sources) ?? Interlocked.CompareExchange(ref _sources, new Sources(_map.Pieces.Length), null) ?? _sources;

    /// <summary>The source of a piece, which may not be there. Two threads may open it at once; they find the same.</summary>
    private OpenPiece Open(int number, Allowance? allowance = null)
    {
        Sources sources = Open();
        if (Volatile.Read(ref sources.Pieces[number]) is { } known)
            return known;
        VirtualPiece piece = _map.Pieces[number];
        OpenPiece opened;
        try
        {
            opened = Opening.Find(Structure, piece.File, piece.Dataset) is { } place
                ? OpenPiece.Of(piece, sources.Readers.GetOrAdd((place.Structure, place.Header.Address), _ => ReaderOf(Opening.Describe(place, _map.Chain), allowance)))
                : OpenPiece.Missing;
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"The source {piece} of a virtual dataset can't be read. {damage.Message}", damage);
        }
        catch (NotSupportedException refused)
        {
            throw new NotSupportedException($"The source {piece} of a virtual dataset can't be read. {refused.Message}", refused);
        }

        Volatile.Write(ref sources.Pieces[number], opened);
        return opened;
    }

    private SourceReader ReaderOf(Opening found, Allowance? allowance)
    {
        (DatasetHeader header, Hdf5Type type) = (found.Header, found.Header.Type);
        if (found.Shape is not { } shape)
            throw new InvalidDataException($"{found.Name} is empty: it has a type and no elements.");
        if (_staysInFile && found.Place.Structure.File.Path != File.File.Path)
            throw new NotSupportedException($"{found.Name} holds elements of type {type}, which refer to places in their own file; open that file.");

        NumberFormat? format = _isNumbers ? type.Format : TypeIdentity.Of(type) == _type ? Format : null;
        if (format is null)
            throw new NotSupportedException($"{found.Name} holds elements of type {type}, and the virtual dataset others, into which they aren't converted.");
        StorageReader storage = Of(found.Place.Structure, header, shape, format, new FilterPipeline(header.Filters));
        if (storage is VirtualReader nested)
            allowance?.Take(nested._map.Pieces.Length);
        return new SourceReader(storage, shape, format.Width, Format.Width, _isNumbers ? ElementConversion.Of(format.ElementType, Format.ElementType) : null);
    }

    /// <summary>
    /// Finds the storage chunks by the first source that can be read: what is decoded at once there, seen from here, so that a run which is cut along these
    /// decodes each once. Where sources end between them, the cuts are there, as long as boxes stay small.
    /// </summary>
    private Cut LookAtSources()
    {
        long[] chunk = [.. Enumerable.Repeat(1L, Shape.Rank)];
        (bool isCheap, ReadCost cost, int tries) = (true, ReadCost.UncompressedFile, 0);
        for (int number = 0; number < _map.Pieces.Length && tries < MostTries; number++, tries++)
        {
            try
            {
                if (Open(number) is not { Reader: { } reader, Mapping: var mapping })
                    continue;
                isCheap = reader.Storage.IsCheap && reader.Conversion is null;
                cost = reader.Storage.Cost;
                chunk = AtEnds(mapping.ChunkOf(reader.Storage.StorageChunks, Shape.Rank));
                break;
            }
            catch (Exception refused) when (IsRefusal(refused))
            {
                isCheap = false; // whoever reads its elements is told
            }
        }

        return new Cut(Shape.Create(chunk), isCheap, cost);
    }

    /// <summary>The source of a piece; null where it isn't there, or can't be read, as whoever reads its elements is told.</summary>
    private SourceReader? ReaderOf(int number)
    {
        try
        {
            return Open(number).Reader;
        }
        catch (Exception refused) when (IsRefusal(refused))
        {
            return null;
        }
    }

    private static bool IsRefusal(Exception failure) => failure is InvalidDataException or NotSupportedException or IOException or UnauthorizedAccessException;

    private long[] AtEnds(long[] chunk)
    {
        for (int axis = 0; axis < chunk.Length; axis++)
            chunk[axis] = Math.Clamp(chunk[axis], 1, Math.Max(1, Shape[axis]));
        for (int axis = 0; axis < chunk.Length; axis++)
        {
            long common = 0;
            foreach (VirtualPiece piece in _map.Pieces)
                common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(common, piece.Low[axis]);
            bool areInTurn = _map.Pieces.Any(piece => piece.Target is not BoxSelection box || !box.Axes[axis].IsOneBlock);
            if (common == 0 || common % chunk[axis] == 0 || areInTurn)
                continue;
            double bytes = chunk.Aggregate((double)Format.Width, (product, size) => product * size) / chunk[axis] * common;
            if (bytes <= MostChunk)
                chunk[axis] = common;
        }

        return chunk;
    }

    /// <summary>What is known of the sources by one of them.</summary>
    /// <param name="Chunks">What is decoded at once.</param>
    /// <param name="IsCheap">Whether that costs little.</param>
    /// <param name="Cost">Of reading.</param>
    private sealed record Cut(Shape Chunks, bool IsCheap, ReadCost Cost);

    /// <summary>What was opened, in this process.</summary>
    private sealed class Sources(int pieces)
    {
        public OpenPiece?[] Pieces { get; } = new OpenPiece?[pieces];

        public ConcurrentDictionary<(FileStructure, long), SourceReader> Readers { get; } = new();
    }

    private sealed record OpenPiece(SourceReader? Reader, PieceMapping Mapping)
    {
        public static OpenPiece Missing { get; } = new(null, null!);

        public static OpenPiece Of(VirtualPiece piece, SourceReader reader) => new(reader, PieceMapping.Of(piece.Target, piece.Source, reader.Shape));
    }
}
