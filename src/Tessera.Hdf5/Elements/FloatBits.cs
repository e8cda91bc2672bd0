namespace Tessera.Hdf5Format;

/// <summary>Numbers of unusual make, bit by bit: 24-bit integers, 12 bits in the middle of 16, bfloat16, x87's 80 bits, quadruple precision.</summary>
internal static class FloatBits
{
    public static long Integer(ReadOnlySpan<byte> stored, bool isBigEndian, bool isSigned, NumberBits bits)
    {
        ulong raw = 0;
        for (int i = 0; i < stored.Length; i++)
            raw = raw << 8 | stored[isBigEndian ? i : stored.Length - 1 - i];
        raw >>= bits.Offset;
        int unused = 64 - Math.Min(bits.Precision, 64);
        return isSigned ? (long)(raw << unused) >> unused : (long)(raw << unused >> unused);
    }

    /// <summary>The nearest double.</summary>
    public static double Float(ReadOnlySpan<byte> stored, bool isBigEndian, NumberBits bits)
    {
        UInt128 raw = Raw(stored, isBigEndian);
        bool isNegative = (raw >> bits.Sign & 1) != 0;
        UInt128 mantissa = raw >> bits.MantissaAt & Mask(bits.MantissaBits);
        var exponent = (ulong)(raw >> bits.ExponentAt & Mask(bits.ExponentBits));
        double value = Magnitude(mantissa, exponent, bits);
        return isNegative ? -value : value;
    }

    private static double Magnitude(UInt128 mantissa, ulong exponent, NumberBits bits)
    {
        if (bits.ExponentBits > 0 && exponent == (ulong)Mask(bits.ExponentBits))
        {
            // Without a hidden bit the highest of an infinity's mantissa is set, and says nothing.
            UInt128 fraction = bits.HasHiddenBit || bits.MantissaBits == 0 ? mantissa : mantissa & Mask(bits.MantissaBits - 1);
            return fraction == 0 ? double.PositiveInfinity : double.NaN;
        }

        if (bits.HasHiddenBit && exponent != 0)
            mantissa |= UInt128.One << bits.MantissaBits;
        long power = (long)Math.Max(exponent, 1) - bits.Bias - (bits.HasHiddenBit ? bits.MantissaBits : bits.MantissaBits - 1);

        // Down to 64 bits, the last of them set where anything is lost, so that the one rounding that follows is right.
        int surplus = Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(mantissa) - 62);
        var top = (ulong)(mantissa >> surplus) << 1;
        if ((mantissa & Mask(surplus)) != 0)
            top |= 1;
        return Math.ScaleB(top, (int)Math.Clamp(power + surplus - 1, -100_000, 100_000));
    }

    private static UInt128 Raw(ReadOnlySpan<byte> stored, bool isBigEndian)
    {
        UInt128 raw = 0;
        for (int i = 0; i < stored.Length; i++)
            raw = raw << 8 | stored[isBigEndian ? i : stored.Length - 1 - i];
        return raw;
    }

    private static UInt128 Mask(int bits) => bits >= 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1;
}
