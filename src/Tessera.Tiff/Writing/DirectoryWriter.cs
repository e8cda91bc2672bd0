using System.Buffers.Binary;

namespace Tessera.TiffFormat;

/// <summary>
/// Writes the directories of all pages behind the pixels, and the header that points to the first. All pages are alike but for the texts of
/// the first, so each directory's place is known before it is written.
/// </summary>
/// <remarks>
/// A directory: the number of entries, the entries (tag, type, count, the values or where they lie), the offset of the next directory;
/// behind it the values that didn't fit into their entries, in the same order. Numbers are in the machine's byte order.
/// </remarks>
internal static class DirectoryWriter
{
    private const ushort Byte = 1, Ascii = 2, Short = 3, Long = 4, Rational = 5, Long8 = 16;
    private const int PieceBytes = 1 << 20;

    /// <summary>A field; a fraction (Rational) is two of the values.</summary>
    private readonly record struct Entry(TiffTag Tag, ushort Type, long[] Values)
    {
        public long Count => Type == Rational ? Values.Length / 2 : Values.Length;

        public long Bytes => Count * Field.SizeOf(Type);
    }

    /// <summary>True for BigTIFF: where it was asked for, or where classic TIFF's 4-byte offsets don't reach.</summary>
    /// <exception cref="NotSupportedException">Classic TIFF was asked for and can't hold the file.</exception>
    public static bool ChooseFormat(SinkLayout layout, string name, long end)
    {
        long directories = SizeOf(Entries(layout, big: false, page: 0, NoTable, NoTable), big: false);
        if (layout.Pages > 1)
            directories += (layout.Pages - 1) * SizeOf(Entries(layout, big: false, page: 1, NoTable, NoTable), big: false);
        bool tooLarge = Aligned(end) + directories > uint.MaxValue;
        if (tooLarge && layout.Options.Metadata == TiffMetadata.ImageJ)
            throw new NotSupportedException($"'{name}' would pass 4 GB, and ImageJ opens no BigTIFF; write Metadata = Ome, or Deflate, or the parts to a file each.");
        if (tooLarge && layout.Options.BigTiff == false)
            throw new NotSupportedException($"'{name}' would pass 4 GB, which classic TIFF can't; leave BigTiff out, or set it to true.");
        return layout.Options.BigTiff ?? tooLarge;

        long[] NoTable() => new long[layout.SegmentsPerPage];
    }

    /// <summary>Writes directories and header.</summary>
    /// <param name="target">The file, which has its pixels.</param>
    /// <param name="layout">What was written.</param>
    /// <param name="end">The byte after the last pixel.</param>
    /// <param name="offsetOf">The first byte of a segment, by page and number in the page.</param>
    /// <param name="countOf">The bytes of a segment.</param>
    public static void Write(
        WriteTarget target, SinkLayout layout, long end, Func<long, long, long> offsetOf, Func<long, long, long> countOf)
    {
        bool big = ChooseFormat(layout, target.Name, end);
        long at = Aligned(end), first = at;
        using var piece = new MemoryStream();
        using var numbers = new BinaryWriter(piece);
        for (long page = 0; page < layout.Pages; page++)
        {
            long thisPage = page;
            List<Entry> entries = Entries(layout, big, page, () => Table(layout, thisPage, offsetOf), () => Table(layout, thisPage, countOf));
            long start = at + piece.Length;
            WriteOne(numbers, entries, big, start, next: page == layout.Pages - 1 ? 0 : start + SizeOf(entries, big));
            if (piece.Length >= PieceBytes || page == layout.Pages - 1)
            {
                target.Write(piece.GetBuffer().AsSpan(0, (int)piece.Length), at);
                at += piece.Length;
                piece.SetLength(0);
            }
        }

        WriteHeader(target, big, first);
    }

    private static void WriteHeader(WriteTarget target, bool big, long first)
    {
        using var header = new MemoryStream();
        using var numbers = new BinaryWriter(header);
        numbers.Write(BitConverter.IsLittleEndian ? "II"u8 : "MM"u8);
        if (big)
        {
            Put(numbers, Short, 43);
            Put(numbers, Short, 8); // bytes of an offset
            Put(numbers, Short, 0);
            Put(numbers, Long8, first);
        }
        else
        {
            Put(numbers, Short, 42);
            Put(numbers, Long, first);
        }

        target.Write(header.ToArray(), 0);
    }

    /// <summary>What a page says of itself, in the order of the tags, which the format prescribes.</summary>
    private static List<Entry> Entries(SinkLayout layout, bool big, long page, Func<long[]> offsets, Func<long[]> counts)
    {
        ElementType element = layout.ElementType;
        int format = element.IsFloatingPoint ? 3 : element.IsUnsigned || layout.IsBilevel ? 1 : 2;
        ushort place = big ? Long8 : Long;
        List<Entry> entries =
        [
            new(TiffTag.NewSubfileType, Long, [layout.Pages > 1 ? 2 : 0]), // 2: a page of several
            new(TiffTag.ImageWidth, Long, [layout.Width]),
            new(TiffTag.ImageLength, Long, [layout.Height]),
            new(TiffTag.BitsPerSample, Short, Each(layout.IsBilevel ? 1 : element.Size * 8)),
            new(TiffTag.Compression, Short, [(long)layout.Options.Compression]),
            new(TiffTag.Photometric, Short, [(long)layout.Photometric]),
            new(TiffTag.SamplesPerPixel, Short, [layout.Samples]),
            new(TiffTag.PlanarConfiguration, Short, [1]),
            new(TiffTag.SampleFormat, Short, Each(format)),
        ];
        if (layout.IsTiled)
        {
            entries.Add(new(TiffTag.TileWidth, Long, [layout.SegmentColumns]));
            entries.Add(new(TiffTag.TileLength, Long, [layout.SegmentRows]));
        }
        else
        {
            entries.Add(new(TiffTag.RowsPerStrip, Long, [layout.SegmentRows]));
        }

        entries.Add(new(layout.IsTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets, place, offsets()));
        entries.Add(new(layout.IsTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts, place, counts()));
        if (layout.Options.Predictor != TiffPredictor.None)
            entries.Add(new(TiffTag.Predictor, Short, [(long)layout.Options.Predictor]));
        if (layout.Samples == 4)
            entries.Add(new(TiffTag.ExtraSamples, Short, [2])); // alpha that the colours aren't multiplied with
        AddDescription(entries, layout.Description, page);
        entries.Sort((left, right) => left.Tag.CompareTo(right.Tag));
        return entries;

        long[] Each(int value) => [.. Enumerable.Repeat((long)value, layout.Samples)];
    }

    private static void AddDescription(List<Entry> entries, SinkDescription description, long page)
    {
        if (description.Resolution is { } resolution)
        {
            entries.Add(new(TiffTag.XResolution, Rational, resolution.X));
            entries.Add(new(TiffTag.YResolution, Rational, resolution.Y));
            entries.Add(new(TiffTag.ResolutionUnit, Short, [(long)resolution.Unit]));
        }

        if (page > 0)
            return;
        if (description.Text is { } text)
            entries.Add(new(TiffTag.ImageDescription, Ascii, Each(text)));
        if (description.Information is { } information)
        {
            entries.Add(new(TiffTag.ImageJCounts, Long, information.Counts));
            entries.Add(new(TiffTag.ImageJMetadata, Byte, Each(information.Bytes)));
        }

        static long[] Each(byte[] bytes) => [.. bytes.Select(value => (long)value)];
    }

    private static void WriteOne(BinaryWriter numbers, List<Entry> entries, bool big, long start, long next)
    {
        (ushort countType, ushort offsetType, int room, int fixedSize) = Format(entries.Count, big);
        long behind = start + fixedSize;
        Put(numbers, countType, entries.Count);
        foreach (Entry entry in entries)
        {
            Put(numbers, Short, (long)entry.Tag);
            Put(numbers, Short, entry.Type);
            Put(numbers, offsetType, entry.Count);
            long bytes = entry.Bytes;
            if (bytes > room)
            {
                Put(numbers, offsetType, behind);
                behind += Aligned(bytes);
                continue;
            }

            PutValues(numbers, entry);
            numbers.Write(new byte[room - bytes]);
        }

        Put(numbers, offsetType, next);
        numbers.Write(new byte[fixedSize - FixedSize(entries.Count, big)]);
        foreach (Entry entry in entries.Where(entry => entry.Bytes > room))
        {
            PutValues(numbers, entry);
            numbers.Write(new byte[Aligned(entry.Bytes) - entry.Bytes]);
        }
    }

    private static void PutValues(BinaryWriter numbers, Entry entry)
    {
        foreach (long value in entry.Values)
            Put(numbers, entry.Type, value);
    }

    private static void Put(BinaryWriter numbers, ushort type, long value)
    {
        if (type is Byte or Ascii)
            numbers.Write((byte)value);
        else if (type == Short)
            numbers.Write(BitConverter.IsLittleEndian ? (ushort)value : BinaryPrimitives.ReverseEndianness((ushort)value));
        else if (type is Long or Rational)
            numbers.Write(BitConverter.IsLittleEndian ? (uint)value : BinaryPrimitives.ReverseEndianness((uint)value));
        else
            numbers.Write(BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));
    }

    private static long[] Table(SinkLayout layout, long page, Func<long, long, long> of)
    {
        var values = new long[layout.SegmentsPerPage];
        for (long i = 0; i < values.Length; i++)
            values[i] = of(page, i);
        return values;
    }

    /// <summary>Bytes of a directory with all its values.</summary>
    private static long SizeOf(List<Entry> entries, bool big)
    {
        (_, _, int room, int fixedSize) = Format(entries.Count, big);
        return fixedSize + entries.Select(entry => entry.Bytes).Where(bytes => bytes > room).Sum(Aligned);
    }

    private static (ushort CountType, ushort OffsetType, int Room, int FixedSize) Format(int entries, bool big) =>
        (big ? Long8 : Short, big ? Long8 : Long, big ? 8 : 4, (int)Aligned(FixedSize(entries, big)));

    private static int FixedSize(int entries, bool big) => big ? 8 + entries * 20 + 8 : 2 + entries * 12 + 4;

    /// <summary>Directories and values begin at multiples of 8, which is more than the format asks for.</summary>
    private static long Aligned(long offset) => (offset + 7) & ~7L;
}
