using System.Buffers.Binary;

namespace Tessera.TiffFormat.Tests;

/// <summary>
/// Puts TIFF files together byte by byte, in either byte order, right ones and wrong ones: a tag that is given replaces the one that would
/// have been written.
/// </summary>
internal sealed class TiffBuilder(bool bigEndian = false, bool bigTiff = false)
{
    public const int Byte = 1, Ascii = 2, Short = 3, Long = 4, Rational = 5, SByte = 6, SShort = 8, SLong = 9, Long8 = 16, SLong8 = 17;

    private readonly List<byte> _bytes = [];
    private readonly List<Page> _pages = [];

    private sealed record Page(byte[][] Segments, SortedDictionary<int, (int Type, long[] Values)> Tags);

    /// <summary>Where the entries of all directories begin, once built.</summary>
    public List<int> Entries { get; } = [];

    /// <summary>Where the directories begin, once built.</summary>
    public List<int> Directories { get; } = [];

    /// <summary>Where the offset of the next directory stands, once built; the first is the header's.</summary>
    public List<int> Links { get; } = [];

    private int OffsetSize => bigTiff ? 8 : 4;

    /// <summary>
    /// A page of one sample, in strips of the given bytes, or in tiles if <paramref name="tile"/> is given. A segment of no bytes was never written:
    /// its offset is 0.
    /// </summary>
    public TiffBuilder Add(
        int width, int height, int bits, byte[][] segments, TiffCompression compression = TiffCompression.None, int? tile = null,
        params (TiffTag Tag, int Type, long[] Values)[] tags)
    {
        int rows = (height + segments.Length - 1) / segments.Length;
        var all = new SortedDictionary<int, (int, long[])>
        {
            [(int)TiffTag.ImageWidth] = (Long, [width]),
            [(int)TiffTag.ImageLength] = (Long, [height]),
            [(int)TiffTag.BitsPerSample] = (Short, [bits]),
            [(int)TiffTag.Compression] = (Short, [(long)compression]),
            [(int)TiffTag.Photometric] = (Short, [1]),
            [(int)TiffTag.SamplesPerPixel] = (Short, [1]),
            [(int)(tile is null ? TiffTag.RowsPerStrip : TiffTag.TileLength)] = (Long, [tile ?? rows]),
            [(int)(tile is null ? TiffTag.StripOffsets : TiffTag.TileOffsets)] = (bigTiff ? Long8 : Long, new long[segments.Length]),
            [(int)(tile is null ? TiffTag.StripByteCounts : TiffTag.TileByteCounts)] = (Long, [.. segments.Select(one => (long)one.Length)]),
        };
        if (tile is { } size)
            all[(int)TiffTag.TileWidth] = (Long, [size]);
        foreach ((TiffTag tag, int type, long[] values) in tags)
        {
            all[(int)tag] = (type, values);
            if (values.Length == 0)
                all.Remove((int)tag);
        }

        _pages.Add(new Page(segments, all));
        return this;
    }

    public byte[] Build()
    {
        _bytes.AddRange(bigEndian ? "MM"u8 : "II"u8);
        Put(2, bigTiff ? 43 : 42);
        if (bigTiff)
        {
            Put(2, 8);
            Put(2, 0);
        }

        int link = _bytes.Count;
        Links.Add(link);
        Put(OffsetSize, 0);
        foreach (Page page in _pages)
        {
            foreach (int tag in new[] { (int)TiffTag.StripOffsets, (int)TiffTag.TileOffsets })
            {
                if (page.Tags.TryGetValue(tag, out (int Type, long[] Values) offsets) && offsets.Values.All(value => value == 0))
                    page.Tags[tag] = (offsets.Type, Place(page.Segments));
            }

            link = AddDirectory(page, link);
            Links.Add(link);
        }

        return [.. _bytes];
    }

    /// <summary>Writes a number over what was built.</summary>
    public void Overwrite(byte[] file, int at, int size, long value) => Encode(file.AsSpan(at, size), value);

    private long[] Place(byte[][] segments)
    {
        var offsets = new long[segments.Length];
        for (int i = 0; i < segments.Length; i++)
        {
            offsets[i] = segments[i].Length == 0 ? 0 : _bytes.Count;
            _bytes.AddRange(segments[i]);
        }

        return offsets;
    }

    /// <summary>Returns where the link to the next directory stands.</summary>
    private int AddDirectory(Page page, int link)
    {
        if (_bytes.Count % 2 == 1)
            _bytes.Add(0);
        var places = new Dictionary<int, long>();
        foreach ((int tag, (int type, long[] values)) in page.Tags)
        {
            if (values.Length * Field.SizeOf((ushort)type) > OffsetSize)
            {
                places[tag] = _bytes.Count;
                foreach (long value in values)
                    Put(Field.SizeOf((ushort)type), value);
            }
        }

        Directories.Add(_bytes.Count);
        Patch(link, _bytes.Count);
        Put(bigTiff ? 8 : 2, page.Tags.Count);
        foreach ((int tag, (int type, long[] values)) in page.Tags)
        {
            Entries.Add(_bytes.Count);
            Put(2, tag);
            Put(2, type);
            Put(OffsetSize, values.Length);
            int end = _bytes.Count + OffsetSize;
            if (places.TryGetValue(tag, out long place))
                Put(OffsetSize, place);
            else
                values.ToList().ForEach(value => Put(Field.SizeOf((ushort)type), value));
            while (_bytes.Count < end)
                _bytes.Add(0);
        }

        int next = _bytes.Count;
        Put(OffsetSize, 0);
        return next;
    }

    private void Patch(int at, long value)
    {
        Span<byte> number = stackalloc byte[OffsetSize];
        Encode(number, value);
        for (int i = 0; i < number.Length; i++)
            _bytes[at + i] = number[i];
    }

    private void Put(int size, long value)
    {
        Span<byte> number = stackalloc byte[Math.Max(1, size)];
        Encode(number, value);
        _bytes.AddRange(number);
    }

    private void Encode(Span<byte> target, long value)
    {
        Span<byte> whole = stackalloc byte[8];
        if (bigEndian)
            BinaryPrimitives.WriteInt64BigEndian(whole, value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(whole, value);
        (bigEndian ? whole[^target.Length..] : whole[..target.Length]).CopyTo(target);
    }
}
