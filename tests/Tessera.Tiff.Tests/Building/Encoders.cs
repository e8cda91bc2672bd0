using System.IO.Compression;

namespace Tessera.TiffFormat.Tests;

/// <summary>The encoders that the library doesn't have, plain and slow, for the tests of its decoders.</summary>
internal static class Encoders
{
    /// <summary>LZW as TIFF 6.0, section 13, writes it: clear first, wider codes from 511, 1023 and 2047 on, clear again when 4094 codes are known.</summary>
    public static byte[] Lzw(ReadOnlySpan<byte> data)
    {
        var output = new List<byte>();
        var codes = new Dictionary<int, int>();
        (int pending, int held, int width, int next, int prefix) = (0, 0, 9, 258, -1);
        Emit(256);
        foreach (byte value in data)
        {
            if (prefix < 0)
            {
                prefix = value;
            }
            else if (codes.TryGetValue((prefix << 8) | value, out int longer))
            {
                prefix = longer;
            }
            else
            {
                Emit(prefix);
                codes[(prefix << 8) | value] = next;
                Advance();
                prefix = value;
            }
        }

        if (prefix >= 0)
        {
            Emit(prefix);
            Advance();
        }

        Emit(257);
        if (held > 0)
            output.Add((byte)(pending << (8 - held)));
        return [.. output];

        void Advance()
        {
            next++;
            if (next == 4094)
            {
                Emit(256);
                codes.Clear();
                (width, next) = (9, 258);
            }
            else if (next > (1 << width) - 1)
            {
                width++;
            }
        }

        void Emit(int code)
        {
            pending = (pending << width) | code;
            held += width;
            while (held >= 8)
            {
                held -= 8;
                output.Add((byte)(pending >> held));
                pending &= (1 << held) - 1;
            }
        }
    }

    /// <summary>
    /// LZW as writers before TIFF 6.0 had it: least significant bit first, wider codes from 512, 1024 and 2048 on. When all codes of 12 bits are known
    /// it clears.
    /// </summary>
    public static byte[] OldLzw(ReadOnlySpan<byte> data)
    {
        var output = new List<byte>();
        var codes = new Dictionary<int, int>();
        (int pending, int held, int width, int next, int prefix) = (0, 0, 9, 258, -1);
        Emit(256);
        foreach (byte value in data)
        {
            if (prefix >= 0 && codes.TryGetValue((prefix << 8) | value, out int longer))
            {
                prefix = longer;
                continue;
            }

            if (prefix >= 0)
            {
                Emit(prefix);
                codes[(prefix << 8) | value] = next++;
                if (next == 4095)
                {
                    Emit(256);
                    codes.Clear();
                    (width, next) = (9, 258);
                }
                else if (next > 1 << width)
                {
                    width++; // the decoder knows an entry one code later
                }
            }

            prefix = value;
        }

        if (prefix >= 0)
        {
            Emit(prefix);
            if (next + 1 > 1 << width && width < 12)
                width++;
        }

        Emit(257);
        if (held > 0)
            output.Add((byte)pending);
        return [.. output];

        void Emit(int code)
        {
            pending |= code << held;
            held += width;
            for (; held >= 8; held -= 8, pending >>= 8)
                output.Add((byte)pending);
        }
    }

    /// <summary>PackBits: runs of 2 to 128, everything else as it is.</summary>
    public static byte[] PackBits(ReadOnlySpan<byte> data)
    {
        var output = new List<byte>();
        for (int at = 0; at < data.Length;)
        {
            int run = 1;
            while (run < 128 && at + run < data.Length && data[at + run] == data[at])
                run++;
            if (run > 1)
            {
                output.Add((byte)(257 - run));
                output.Add(data[at]);
            }
            else
            {
                output.Add(0);
                output.Add(data[at]);
            }

            at += run;
        }

        return [.. output];
    }

    public static byte[] Deflate(ReadOnlySpan<byte> data)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(data);
        return output.ToArray();
    }

    public static byte[] Encode(TiffCompression compression, byte[] data) => compression switch
    {
        TiffCompression.None => data,
        TiffCompression.Lzw => Lzw(data),
        TiffCompression.PackBits => PackBits(data),
        _ => Deflate(data),
    };
}
