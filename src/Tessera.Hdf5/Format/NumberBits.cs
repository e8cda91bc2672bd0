namespace Tessera.Hdf5Format;

/// <summary>
/// Where the bits of a number lie in its bytes, counted from the lowest bit of the number in the machine's order. The exponent and what follows
/// are of floating-point numbers only.
/// </summary>
/// <param name="Offset">The lowest bit that counts.</param>
/// <param name="Precision">How many bits count.</param>
/// <param name="Sign">The bit of the sign.</param>
/// <param name="ExponentAt">The lowest bit of the exponent.</param>
/// <param name="ExponentBits">How many bits it has.</param>
/// <param name="MantissaAt">The lowest bit of the mantissa.</param>
/// <param name="MantissaBits">How many bits it has.</param>
/// <param name="Bias">What is added to the exponent.</param>
/// <param name="HasHiddenBit">Whether the mantissa's highest bit is always 1 and not stored.</param>
internal readonly record struct NumberBits(
    int Offset, int Precision, int Sign = 0, int ExponentAt = 0, int ExponentBits = 0, int MantissaAt = 0, int MantissaBits = 0, uint Bias = 0, bool HasHiddenBit = false)
{
    public static NumberBits Half { get; } = new(0, 16, 15, 10, 5, 0, 10, 15, true);

    public static NumberBits Single { get; } = new(0, 32, 31, 23, 8, 0, 23, 127, true);

    public static NumberBits Double { get; } = new(0, 64, 63, 52, 11, 0, 52, 1023, true);
}
