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
        int samples = (int)Between(tags, TiffTag.SamplesPerPixel, 1, ushort.MaxValue, otherwise: 1);
        bool planar = Between(tags, TiffTag.PlanarConfiguration, 1, 2, otherwise: 1) == 2 && samples > 1;
        ElementType element = Element(tags, samples);
        TiffCompression compression = Compression(tags);
        bool tiled = tags.Find(TiffTag.TileWidth) is not null;
        long rows = tiled
            ? Between(tags, TiffTag.TileLength, 1, MostPixels)
            : Math.Min(height, Between(tags, TiffTag.RowsPerStrip, 1, long.MaxValue, otherwise: height));
        long columns = tiled ? Between(tags, TiffTag.TileWidth, 1, MostPixels) : width;

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
            IsThumbnail = (tags.Number(TiffTag.NewSubfileType, 0) & 1) != 0,
            ElementType = element,
            Compression = compression,
            Predictor = Predictor(tags, compression, element),
            Photometric = Photometric(tags),
            ReversesBits = Between(tags, TiffTag.FillOrder, 1, 2, otherwise: 1) == 2,
            SegmentRows = rows,
            SegmentColumns = columns,
            // Some writers of tiles use the tags of strips for them.
            Offsets = tiled && tags.Find(TiffTag.TileOffsets) is { } tiles ? tiles : tags.Need(TiffTag.StripOffsets),
            ByteCounts = (tiled ? tags.Find(TiffTag.TileByteCounts) : null) ?? tags.Find(TiffTag.StripByteCounts),
        };
        CheckSizes(tags, layout);
        CheckTables(tags, layout);
        return layout;
    }

    private static ElementType Element(TagDirectory tags, int samples)
    {
        long bits = tags.CommonNumber(TiffTag.BitsPerSample, samples, otherwise: 1);
        long format = tags.CommonNumber(TiffTag.SampleFormat, samples, otherwise: 1);
        return (format, bits) switch
        {
            (1 or 4, 1) when samples == 1 => ElementType.Boolean,
            (1 or 4, 8) => ElementType.Byte,
            (1 or 4, 16) => ElementType.UInt16,
            (1 or 4, 32) => ElementType.UInt32,
            (1 or 4, 64) => ElementType.UInt64,
            (2, 8) => ElementType.SByte,
            (2, 16) => ElementType.Int16,
            (2, 32) => ElementType.Int32,
            (2, 64) => ElementType.Int64,
            (3, 32) => ElementType.Single,
            (3, 64) => ElementType.Double,
            _ => throw tags.Unsupported(
                $"{samples} sample(s) a pixel of {bits} bits in sample format {format}",
                "integers of 8, 16, 32 and 64 bits (formats 1, 2 and 4), floating point of 32 and 64 bits (format 3), and one sample of 1 bit"),
        };
    }

    private static TiffCompression Compression(TagDirectory tags)
    {
        long number = tags.Number(TiffTag.Compression, 1);
        return number switch
        {
            1 or 5 or 8 or 32773 => (TiffCompression)number,
            32946 => TiffCompression.Deflate,
            _ => throw tags.Unsupported($"compression {number} ({CompressionName(number)})", "1 (none), 5 (LZW), 8 and 32946 (Deflate) and 32773 (PackBits)"),
        };
    }

    private static string CompressionName(long number) => number switch
    {
        2 or 3 or 4 => "CCITT fax",
        6 or 7 => "JPEG",
        33003 or 33004 or 33005 or 34712 => "JPEG 2000",
        34887 => "LERC",
        34925 => "LZMA",
        50000 or 34926 => "Zstandard",
        50001 or 34927 => "WebP",
        50002 or 34934 => "JPEG XR or XL",
        _ => "unknown",
    };

    private static TiffPredictor Predictor(TagDirectory tags, TiffCompression compression, ElementType element)
    {
        // Only the dictionary codecs have predictors; the tag means nothing beside the others.
        if (compression is not (TiffCompression.Lzw or TiffCompression.Deflate))
            return TiffPredictor.None;

        long number = tags.Number(TiffTag.Predictor, 1);
        return number switch
        {
            1 => TiffPredictor.None,
            2 when element != ElementType.Boolean => TiffPredictor.Horizontal,
            3 when element.IsFloatingPoint => TiffPredictor.FloatingPoint,
            _ => throw tags.Unsupported(
                $"predictor {number} on elements of {element.Name}", "1 (none), 2 (horizontal, not on 1-bit samples) and 3 (floating point, on float and double)"),
        };
    }

    private static TiffPhotometric Photometric(TagDirectory tags)
    {
        long number = tags.Number(TiffTag.Photometric, 1);
        return number switch
        {
            >= 0 and <= 2 => (TiffPhotometric)number,
            3 => throw tags.Unsupported(
                "a palette (photometric interpretation 3): its samples are indices into a table of colours, and reducing indices would mean nothing",
                "grey, RGB and other samples that are the values themselves; convert it to RGB first, with libtiff's pal2rgb for instance"),
            6 => throw tags.Unsupported("YCbCr colours, whose samples may be stored at different resolutions", "grey, RGB and other samples of one resolution"),
            _ => TiffPhotometric.Other,
        };
    }

    private static void CheckSizes(TagDirectory tags, PageLayout layout)
    {
        UInt128 page = (UInt128)layout.Width * (UInt128)layout.Height * (UInt128)(layout.Samples * layout.ElementType.Size);
        UInt128 segment = (UInt128)layout.SegmentColumns * (UInt128)layout.SegmentRows * (UInt128)(layout.SegmentSamples * layout.ElementType.Size);
        if (page > (UInt128)MostBytes || segment > (UInt128)MostBytes)
        {
            throw tags.Damaged(
                $"the page claims {layout.Width} by {layout.Height} pixels in segments of {layout.SegmentColumns} by {layout.SegmentRows}, more than any file can hold");
        }
    }

    private static void CheckTables(TagDirectory tags, PageLayout layout)
    {
        var segments = (UInt128)layout.SegmentsAcross * (UInt128)layout.SegmentsDown * (UInt128)layout.Planes;
        Check(layout.Offsets);
        if (layout.ByteCounts is { } counts)
            Check(counts);
        else if (layout.IsCompressed)
            throw tags.Damaged("the byte counts of the compressed segments are missing");

        void Check(Field table)
        {
            tags.CheckedSize(table);
            if ((UInt128)table.Count < segments)
                throw tags.Damaged($"the page has {segments} strips or tiles, and the tag {table.Tag} lists {table.Count}");
        }
    }

    private static long Between(TagDirectory tags, TiffTag tag, long least, long most, long? otherwise = null)
    {
        long number = tags.Number(tag, otherwise);
        return number >= least && number <= most ? number : throw tags.Damaged($"{tag} is {number}; it is {least} to {most}");
    }
}
