namespace Tessera.TiffFormat;

/// <summary>
/// How a sample is stored, and the element that it is read as. Where no element has just as many bits, it is read as the smallest one that has
/// room for all: 12 bits as <see cref="ushort"/>, floating point of 24 bits as <see cref="float"/>.
/// </summary>
/// <param name="Bits">Bits of a stored sample. Samples that aren't whole bytes follow each other bit by bit; each row begins at a whole byte.</param>
/// <param name="Element">What is read.</param>
internal readonly record struct StoredSample(int Bits, ElementType Element)
{
    private const int Unsigned = 1, Signed = 2, FloatingPoint = 3, Untyped = 4;

    /// <summary>The sample that a directory describes, which must be the same for all samples of a pixel.</summary>
    public static StoredSample Read(TagDirectory tags, int samples)
    {
        long bits = tags.CommonNumber(TiffTag.BitsPerSample, samples, otherwise: 1);
        long format = tags.CommonNumber(TiffTag.SampleFormat, samples, otherwise: Unsigned);
        ElementType? element = format switch
        {
            Unsigned or Untyped => UnsignedOf(bits),
            Signed => SignedOf(bits),
            FloatingPoint => FloatingPointOf(bits),
            _ => null,
        };
        return element is { } known ? new StoredSample((int)bits, known) : throw tags.Unsupported(
            $"{samples} sample(s) a pixel of {bits} bits in sample format {format}",
            "integers of 1 to 32 and of 64 bits (formats 1 and 4; signed ones, format 2, from 2 bits on), and floating point of 16, 24, 32 and 64 bits (format 3)");
    }

    private static ElementType? UnsignedOf(long bits) => bits switch
    {
        1 => ElementType.Boolean,
        >= 2 and <= 8 => ElementType.Byte,
        > 8 and <= 16 => ElementType.UInt16,
        > 16 and <= 32 => ElementType.UInt32,
        64 => ElementType.UInt64,
        _ => null,
    };

    private static ElementType? SignedOf(long bits) => bits switch
    {
        >= 2 and <= 8 => ElementType.SByte,
        > 8 and <= 16 => ElementType.Int16,
        > 16 and <= 32 => ElementType.Int32,
        64 => ElementType.Int64,
        _ => null,
    };

    private static ElementType? FloatingPointOf(long bits) => bits switch
    {
        16 => ElementType.Half,
        24 or 32 => ElementType.Single,
        64 => ElementType.Double,
        _ => null,
    };
}
