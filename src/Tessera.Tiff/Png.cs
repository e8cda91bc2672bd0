using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Tessera.TiffFormat;

namespace Tessera;

/// <summary>
/// Writing PNG images, for looking at results: (height, width) is grey, (height, width, 3) RGB, (height, width, 4) RGB with alpha; 8 or 16 bits a
/// sample. Files are written beside and renamed, so an existing file is replaced at once or not at all; a folder
/// that is missing (<see cref="DirectoryNotFoundException"/>) isn't made.
/// </summary>
public static class Png
{
    /// <summary>Writes 8-bit samples as they are.</summary>
    /// <exception cref="NotSupportedException">The tensor isn't (height, width), (height, width, 3) or (height, width, 4), or is empty.</exception>
    public static void Write(string path, in ReadOnlyTensorSpan<byte> image) =>
        PngEncoder.Write(path, TensorElements.ShapeOf(image), TensorElements.InOrder(image), sampleBytes: 1);

    /// <summary>Writes 16-bit samples as they are.</summary>
    /// <exception cref="NotSupportedException">The tensor isn't (height, width), (height, width, 3) or (height, width, 4), or is empty.</exception>
    public static void Write(string path, in ReadOnlyTensorSpan<ushort> image) =>
        PngEncoder.Write(path, TensorElements.ShapeOf(image), MemoryMarshal.AsBytes(TensorElements.InOrder(image)), sampleBytes: 2);

    /// <summary>Writes 8-bit samples as they are into a stream, from where it stands on; the stream stays open.</summary>
    /// <exception cref="ArgumentException">The stream can't be written.</exception>
    /// <exception cref="NotSupportedException">The tensor isn't (height, width), (height, width, 3) or (height, width, 4), or is empty.</exception>
    public static void Write(Stream stream, in ReadOnlyTensorSpan<byte> image) =>
        PngEncoder.Write(stream, TensorElements.ShapeOf(image), TensorElements.InOrder(image), sampleBytes: 1);

    /// <summary>Writes 16-bit samples as they are into a stream, from where it stands on; the stream stays open.</summary>
    /// <inheritdoc cref="Write(Stream, in ReadOnlyTensorSpan{byte})"/>
    public static void Write(Stream stream, in ReadOnlyTensorSpan<ushort> image) =>
        PngEncoder.Write(stream, TensorElements.ShapeOf(image), MemoryMarshal.AsBytes(TensorElements.InOrder(image)), sampleBytes: 2);

    /// <summary>Writes any numbers, scaled linearly so that the range becomes black to white; what lies outside is cut off, NaN is black.</summary>
    /// <param name="path">The file.</param>
    /// <param name="image">The numbers.</param>
    /// <param name="range">What becomes black and what becomes white; left out, the least and the greatest finite value of the image.</param>
    /// <param name="bits">Bits of a written sample: 8 or 16.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is neither 8 nor 16.</exception>
    /// <exception cref="NotSupportedException">The tensor isn't (height, width), (height, width, 3) or (height, width, 4), or is empty.</exception>
    public static void WriteScaled<T>(string path, Tensor<T> image, (double Black, double White)? range = null, int bits = 8)
        where T : unmanaged, INumber<T>
    {
        byte[] samples = Scaled(image, range, bits);
        PngEncoder.Write(path, TensorElements.ShapeOf(image.AsReadOnlyTensorSpan()), samples, bits / 8);
    }

    /// <summary>Writes any numbers, scaled as for a file, into a stream, from where it stands on; the stream stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="image">The numbers.</param>
    /// <param name="range">What becomes black and what becomes white; left out, the least and the greatest finite value of the image.</param>
    /// <param name="bits">Bits of a written sample: 8 or 16.</param>
    /// <exception cref="ArgumentException">The stream can't be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is neither 8 nor 16.</exception>
    /// <exception cref="NotSupportedException">The tensor isn't (height, width), (height, width, 3) or (height, width, 4), or is empty.</exception>
    public static void WriteScaled<T>(Stream stream, Tensor<T> image, (double Black, double White)? range = null, int bits = 8)
        where T : unmanaged, INumber<T>
    {
        byte[] samples = Scaled(image, range, bits);
        PngEncoder.Write(stream, TensorElements.ShapeOf(image.AsReadOnlyTensorSpan()), samples, bits / 8);
    }

    private static byte[] Scaled<T>(Tensor<T> image, (double Black, double White)? range, int bits)
        where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(image);
        if (bits is not (8 or 16))
            throw new ArgumentOutOfRangeException(nameof(bits), $"{bits} bits a sample were asked for; it is 8 or 16.");

        ReadOnlySpan<T> values = TensorElements.InOrder(image.AsReadOnlyTensorSpan());
        (double black, double white) = range ?? FiniteRange(values);
        double most = bits == 8 ? byte.MaxValue : ushort.MaxValue;
        double factor = white == black ? 0 : most / (white - black);

        var samples = new byte[values.Length * (bits / 8)];
        Span<ushort> wide = MemoryMarshal.Cast<byte, ushort>(samples.AsSpan());
        for (int i = 0; i < values.Length; i++)
        {
            double scaled = Math.Clamp(Math.Round((double.CreateChecked(values[i]) - black) * factor), 0, most);
            ushort sample = double.IsNaN(scaled) ? (ushort)0 : (ushort)scaled;
            if (bits == 8)
                samples[i] = (byte)sample;
            else
                wide[i] = sample;
        }

        return samples;
    }

    private static (double Least, double Greatest) FiniteRange<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        (double least, double greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (T value in values)
        {
            if (T.IsFinite(value))
            {
                double number = double.CreateChecked(value);
                (least, greatest) = (Math.Min(least, number), Math.Max(greatest, number));
            }
        }

        return least <= greatest ? (least, greatest) : (0, 0);
    }
}
