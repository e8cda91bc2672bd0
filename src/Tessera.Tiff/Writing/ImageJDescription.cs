using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Tessera.TiffFormat;

/// <summary>What ImageJ reads in the description of the first page: lines of key=value, and pages in the order of channels, depth, time.</summary>
internal static class ImageJDescription
{
    private const string Version = "1.54f";

    /// <summary>Refuses what ImageJ can't open.</summary>
    /// <exception cref="NotSupportedException">It can't open such an array, or not with these options.</exception>
    public static void Check(ElementType element, SinkAxes axes, TiffOptions options)
    {
        string outer = axes.Letters[..axes.Outer], ordered = string.Concat("TZC".Where(outer.Contains));
        if (outer != ordered)
        {
            throw new NotSupportedException(
                $"Axes is \"{axes.Letters}\", and ImageJ's are TZCYX in this order; transpose the array to \"{ordered}{axes.Letters[axes.Outer..]}\", or write Metadata = Ome.");
        }

        if (axes.HasSamples ? element != ElementType.Byte || axes.Shape[^1] != 3 : element is not (ElementType.Byte or ElementType.UInt16 or ElementType.Single))
        {
            throw new NotSupportedException(
                $"The array is {element.Name}{(axes.HasSamples ? $" with {axes.Shape[^1]} samples a pixel" : "")}, and ImageJ has byte, ushort and float, and RGB of 3 samples of byte; " +
                "cast it, or write Metadata = Ome.");
        }

        if (options.BigTiff == true)
            throw new NotSupportedException("ImageJ opens no BigTIFF; leave BigTiff out, or write Metadata = Ome.");
        if (options.TileSize is not null)
            throw new NotSupportedException("ImageJ opens no tiles; leave TileSize out, or write Metadata = Ome.");
        if (options.Predictor == TiffPredictor.FloatingPoint)
            throw new NotSupportedException("ImageJ doesn't know Predictor = FloatingPoint; leave it out, or write Metadata = Ome.");
    }

    /// <summary>The description.</summary>
    public static string Text(SinkAxes axes, TiffOptions options)
    {
        var text = new StringBuilder();
        long images = axes['T'] * axes['Z'] * axes['C'];
        Line("ImageJ", Version);
        Line("images", images);
        if (axes['C'] > 1)
            Line("channels", axes['C']);
        if (axes['Z'] > 1)
            Line("slices", axes['Z']);
        if (axes['T'] > 1)
            Line("frames", axes['T']);
        if (images > 1)
            Line("hyperstack", "true");
        if (images > 1 && !axes.HasSamples)
            Line("mode", "grayscale");
        if (options.PixelSize is { } pixel)
        {
            Line("unit", "micron"); // which the resolution counts pixels to
            if (pixel.Z is { } depth)
                Line("spacing", depth);
        }

        if (images > 1)
            Line("loop", "false");
        return text.ToString();

        void Line(string key, IConvertible value) => text.Append(CultureInfo.InvariantCulture, $"{key}={value}\n");
    }

    /// <summary>
    /// A text that ImageJ shows as the image's information. It lies in a tag of its own: a mark, which parts there are and how many of each, then the
    /// parts, numbers and UTF-16 in the byte order of the file. Another tag has the bytes of that head and of each part.
    /// </summary>
    public static (byte[] Bytes, long[] Counts) Information(string text)
    {
        byte[] part = (BitConverter.IsLittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetBytes(text);
        var bytes = new byte[12 + part.Length];
        Number(0, "IJIJ"u8);
        Number(4, "info"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), 1);
        part.CopyTo(bytes, 12);
        return (bytes, [12, part.Length]);

        void Number(int at, ReadOnlySpan<byte> letters) => BitConverter.TryWriteBytes(bytes.AsSpan(at), BinaryPrimitives.ReadInt32BigEndian(letters));
    }
}
