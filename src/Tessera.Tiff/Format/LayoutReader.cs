namespace Tessera.TiffFormat;

/// <summary>Turns the fields of a directory into a <see cref="PageLayout"/>, refusing what contradicts itself and what isn't known, in that order.</summary>
internal static class LayoutReader
{
    private const long MostPixels = uint.MaxValue;   // along one axis
    private const long MostBytes = 1L << 60;         // of a page or a segment; products of sizes stay far from overflow

    public static PageLayout Read(TagDirectory tags)
    {
        long width = Between(tags, TiffTag.ImageWidth, 1, MostPixels);
        long height = Between(tags, TiffTag.ImageLength, 1, MostPixels);
        TiffPhotometric photometric = Photometric(tags);
        int samples = (int)OrDefault(tags, TiffTag.SamplesPerPixel, ushort.MaxValue, photometric == TiffPhotometric.Rgb ? 3 : 1);
        bool planar = OrDefault(tags, TiffTag.PlanarConfiguration, 2, 1) == 2 && samples > 1;
        StoredSample sample = StoredSample.Read(tags, samples);
        (TiffCompression compression, string? unreadable) = Compression(tags);
        bool tiled = tags.Find(TiffTag.TileWidth) is not null;
        long columns = tiled ? Between(tags, TiffTag.TileWidth, 1, MostPixels) : width;
        long rows = tiled
            ? Between(tags, TiffTag.TileLength, 1, MostPixels)
            : StripLength.Read(tags, height, rowBytes: (width * (planar ? 1 : samples) * sample.Bits + 7) / 8, planar ? samples : 1, compression);

        var layout = new PageLayout
        {
            File = tags.File,
            Page = tags.Page,
            DirectoryOffset = tags.Offset,
            Width = width,
            Height = height,
            Samples = samples,
            IsPlanar = planar,
            IsTiled = tiled,
            IsBigEndian = tags.IsBigEndian,
            Sample = sample,
            Compression = compression,
            Predictor = Predictor(tags, compression, sample),
            Photometric = photometric,
            Unreadable = unreadable ?? LowerResolution(tags, photometric, samples),
            ReversesBits = tags.Number(TiffTag.FillOrder, 1) == 2, // any other number stands for the usual order, readers agree
            SegmentRows = rows,
            SegmentColumns = columns,
            // Some writers of tiles use the tags of strips for them.
            Offsets = tiled && tags.Find(TiffTag.TileOffsets) is { } tiles ? tiles : tags.Need(TiffTag.StripOffsets),
            ByteCounts = ByteCounts(tags, tiled),
            NoData = tags.Find(TiffTag.GdalNoData),
            ColorMap = tags.Find(TiffTag.ColorMap),
        };
        CheckSizes(tags, layout);
        CheckTables(tags, layout);
        return layout;
    }

    /// <summary>The codec, and why it can't be read, if so: the size and the type of such a page can be told all the same.</summary>
    private static (TiffCompression Compression, string? Unreadable) Compression(TagDirectory tags)
    {
        long number = tags.Number(TiffTag.Compression, 1);
        return number switch
        {
            1 or 5 or 8 or 32773 => ((TiffCompression)number, null),
            32946 => (TiffCompression.Deflate, null),
            _ => ((TiffCompression)(int)Math.Min(number, int.MaxValue), tags.Unsupported(
                $"compression {number} ({CompressionName(number)})", "1 (none), 5 (LZW), 8 and 32946 (Deflate) and 32773 (PackBits)").Message),
        };
    }

    private static string CompressionName(long number) => number switch
    {
        2 or 3 or 4 => "CCITT fax",
        6 or 7 => "JPEG",
        33003 or 33004 or 33005 or 34712 => "JPEG 2000",
        32909 => "PixarLog",
        34676 or 34677 => "SGI's LogLuv",
        34887 => "LERC",
        34925 => "LZMA",
        50000 or 34926 => "Zstandard",
        50001 or 34927 => "WebP",
        50002 or 34934 => "JPEG XR or XL",
        _ => "unknown",
    };

    private static TiffPredictor Predictor(TagDirectory tags, TiffCompression compression, StoredSample sample)
    {
        // Only the dictionary codecs have predictors; the tag means nothing beside the others.
        if (compression is not (TiffCompression.Lzw or TiffCompression.Deflate))
            return TiffPredictor.None;

        long number = tags.Number(TiffTag.Predictor, 1);
        return number switch
        {
            0 or 1 => TiffPredictor.None,
            2 when sample.Bits is 8 or 16 or 32 or 64 => TiffPredictor.Horizontal,
            3 when sample.Element.IsFloatingPoint => TiffPredictor.FloatingPoint,
            _ => throw tags.Unsupported(
                $"predictor {number} on samples of {sample.Bits} bits, read as {sample.Element.Name}",
                "1 (none), 2 (horizontal, on samples of 8, 16, 32 and 64 bits) and 3 (floating point, on samples of floating point)"),
        };
    }

    private static TiffPhotometric Photometric(TagDirectory tags)
    {
        long number = tags.Number(TiffTag.Photometric, 1);
        return number < (long)TiffPhotometric.Other && Enum.IsDefined((TiffPhotometric)number) ? (TiffPhotometric)number : TiffPhotometric.Other;
    }

    private static Field? ByteCounts(TagDirectory tags, bool tiled) =>
        ((tiled ? tags.Find(TiffTag.TileByteCounts) : null) ?? tags.Find(TiffTag.StripByteCounts)) is { Count: > 0 } counts ? counts : null;

    private static void CheckSizes(TagDirectory tags, PageLayout layout)
    {
        UInt128 page = (UInt128)layout.Width * (UInt128)layout.Height * (UInt128)((long)layout.Samples * layout.ElementType.Size);
        UInt128 segment = (UInt128)layout.SegmentColumns * (UInt128)layout.SegmentRows * (UInt128)((long)layout.SegmentSamples * layout.ElementType.Size);
        if (page > (UInt128)MostBytes || segment > (UInt128)MostBytes)
        {
            throw tags.Damaged(
                $"the page claims {layout.Width} by {layout.Height} pixels in segments of {layout.SegmentColumns} by {layout.SegmentRows}, more than any file can hold");
        }
    }

    private static void CheckTables(TagDirectory tags, PageLayout layout)
    {
        var segments = (UInt128)layout.SegmentsAcross * (UInt128)layout.SegmentsDown * (UInt128)layout.Planes;
        tags.CheckedSize(layout.Offsets);
        if ((UInt128)layout.Offsets.Count < segments)
            throw tags.Damaged($"the page has {segments} strips or tiles, and the tag {layout.Offsets.Tag} lists {layout.Offsets.Count}");
        if (layout.ByteCounts is { } counts)
            tags.CheckedSize(counts); // what it doesn't list is found from the offsets
    }

    /// <summary>Colours of YCbCr may be stored once for several pixels, unless a tag says otherwise: such samples are no grid. Null if they are one.</summary>
    private static string? LowerResolution(TagDirectory tags, TiffPhotometric photometric, int samples)
    {
        if (photometric != TiffPhotometric.YCbCr || samples == 1)
            return null;
        (long across, long down) = (2, 2);
        if (tags.Find(TiffTag.YCbCrSubSampling) is { Count: 2 } field)
            (across, down) = (tags.NumberAt(field, 0), tags.NumberAt(field, 1));
        return (across, down) == (1, 1) ? null : tags.Unsupported(
            $"YCbCr colours at a lower resolution than the brightness, one for {across} by {down} pixels", "colours that are stored for each pixel (YCbCrSubSampling 1, 1)").Message;
    }

    private static long Between(TagDirectory tags, TiffTag tag, long least, long most, long? otherwise = null)
    {
        long number = tags.Number(tag, otherwise);
        return number >= least && number <= most ? number : throw tags.Damaged($"{tag} is {number}; it is {least} to {most}");
    }

    /// <summary>A number that some writers leave 0 where they mean what the format says for a tag that is left out.</summary>
    private static long OrDefault(TagDirectory tags, TiffTag tag, long most, long otherwise) =>
        tags.Number(tag, otherwise) == 0 ? otherwise : Between(tags, tag, 1, most, otherwise);
}
