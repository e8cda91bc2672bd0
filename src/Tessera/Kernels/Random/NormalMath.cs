using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// Logarithm, sine and cosine for <see cref="NormalElements{T}"/>, written out in operations that IEEE 754 rounds one way only, so that
/// every machine, width and version of the runtime gives the same bits; each is followed by the same steps on lanes. The arguments come
/// as multiples of 2^-53, which makes the reductions exact. The series are the textbook ones, cut where the next term is below 2^-53 of
/// the sum; the results are within 4 units in the last place.
/// </summary>
internal static class NormalMath
{
    private const double Ln2 = 0.693147180559945309417232;
    private const double HalfPi = 1.57079632679489661923132;

    /// <summary>A quarter turn, in steps of 2^-53 of a turn, and such a step, in quarters.</summary>
    private const ulong Quarter = 1UL << QuarterBits;
    private const double QuarterStep = 1.0 / Quarter;

    /// <summary>The bits of √½: numbers from √½ to √2 are what a logarithm's series is good for.</summary>
    private const ulong RootHalf = 0x3FE6A09E667F3BCD;
    private const int SignificandBits = 52, Precision = 53, QuarterBits = Precision - 2;

    /// <summary>(artanh s - s) / s³ in powers of s²: 1/3 + s²/5 + s⁴/7 + …, highest first.</summary>
    private static ReadOnlySpan<double> ArtanhSeries =>
        [1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3];

    /// <summary>(sin x - x) / x³ in powers of x²: -1/3! + x²/5! - x⁴/7! + …, highest first.</summary>
    private static ReadOnlySpan<double> SinSeries =>
    [
        1.0 / 355687428096000, -1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800,
        1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6,
    ];

    /// <summary>(cos x - 1) / x² in powers of x²: -1/2! + x²/4! - x⁴/6! + …, highest first.</summary>
    private static ReadOnlySpan<double> CosSeries =>
    [
        1.0 / 20922789888000, -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800,
        1.0 / 40320, -1.0 / 720, 1.0 / 24, -1.0 / 2,
    ];

    /// <summary>√(-2 ln u), u = <paramref name="draw"/> · 2^-53, draw 1 to 2^53.</summary>
    /// <remarks>
    /// draw = m · 2^k with m in [√½, √2), and ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) with s = (m - 1) / (m + 1), |s| below 0.172.
    /// So -ln u = (53 - k) ln 2 - ln m, which has no cancellation: near u = 1, k is 53 and the first term 0.
    /// </remarks>
    public static double Radius(ulong draw)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(draw);
        ulong exponent = (bits - RootHalf) >> SignificandBits;
        double m = BitConverter.UInt64BitsToDouble(bits - (exponent << SignificandBits));
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double twice = s + s;
        double log = Math.FusedMultiplyAdd(twice * z, Polynomial(z, ArtanhSeries), twice);
        double minusLog = Math.FusedMultiplyAdd(Precision - exponent, Ln2, -log);
        return Math.Sqrt(minusLog + minusLog);
    }

    /// <inheritdoc cref="Radius(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Radius<TLanes>(TLanes draw)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes bits = TLanes.UInt64ToDouble(draw);
        TLanes exponent = TLanes.SubtractUInt64(bits, TLanes.Create(RootHalf)) >>> SignificandBits;
        TLanes m = TLanes.SubtractUInt64(bits, exponent << SignificandBits);
        TLanes one = TLanes.Create(1.0);
        TLanes s = TLanes.DivideDouble(TLanes.SubtractDouble(m, one), TLanes.AddDouble(m, one));
        TLanes z = TLanes.MultiplyDouble(s, s);
        TLanes twice = TLanes.AddDouble(s, s);
        TLanes log = TLanes.FusedMultiplyAddDouble(TLanes.MultiplyDouble(twice, z), Polynomial(z, ArtanhSeries), twice);
        TLanes halvings = TLanes.UInt64ToDouble(TLanes.SubtractUInt64(TLanes.Create((ulong)Precision), exponent));
        TLanes minusLog = TLanes.FusedMultiplyAddDouble(halvings, TLanes.Create(Ln2), log ^ TLanes.Create(-0.0));
        return TLanes.SqrtDouble(TLanes.AddDouble(minusLog, minusLog));
    }

    /// <summary>Sine and cosine of 2πv, v = <paramref name="draw"/> · 2^-53, draw below 2^53.</summary>
    /// <remarks>
    /// The nearest multiple of a quarter turn is taken off exactly, which leaves an angle x within ±π/4 for the series of Taylor; the quarter
    /// then says which of ±sin x and ±cos x is which.
    /// </remarks>
    public static (double Sin, double Cos) SinCos(ulong draw)
    {
        ulong quarter = (draw + Quarter / 2) / Quarter;
        double x = (draw - (double)(quarter * Quarter)) * QuarterStep * HalfPi;
        double z = x * x;
        double sin = Math.FusedMultiplyAdd(x * z, Polynomial(z, SinSeries), x);
        double cos = Math.FusedMultiplyAdd(z, Polynomial(z, CosSeries), 1.0);
        return (quarter % 4) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <inheritdoc cref="SinCos(ulong)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos<TLanes>(TLanes draw, out TLanes sin, out TLanes cos)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes quarter = TLanes.AddUInt64(draw, TLanes.Create(Quarter / 2)) >>> QuarterBits;
        TLanes whole = TLanes.UInt64ToDouble(quarter << QuarterBits);
        TLanes fraction = TLanes.MultiplyDouble(TLanes.SubtractDouble(TLanes.UInt64ToDouble(draw), whole), TLanes.Create(QuarterStep));
        TLanes x = TLanes.MultiplyDouble(fraction, TLanes.Create(HalfPi));
        TLanes z = TLanes.MultiplyDouble(x, x);
        TLanes s = TLanes.FusedMultiplyAddDouble(TLanes.MultiplyDouble(x, z), Polynomial(z, SinSeries), x);
        TLanes c = TLanes.FusedMultiplyAddDouble(z, Polynomial(z, CosSeries), TLanes.Create(1.0));

        // Odd quarters change places; sine is negative in quarters 2 and 3, cosine in 1 and 2.
        TLanes isOdd = TLanes.SubtractUInt64(TLanes.Create(0), quarter & TLanes.Create(1));
        TLanes next = TLanes.AddUInt64(quarter, TLanes.Create(1));
        TLanes sign = TLanes.Create(-0.0);
        sin = TLanes.Select(isOdd, c, s) ^ ((quarter << 62) & sign);
        cos = TLanes.Select(isOdd, s, c) ^ ((next << 62) & sign);
    }

    /// <summary>The polynomial with the given coefficients, highest power first, by Horner's rule.</summary>
    private static double Polynomial(double z, ReadOnlySpan<double> coefficients)
    {
        double sum = coefficients[0];
        for (int n = 1; n < coefficients.Length; n++)
            sum = Math.FusedMultiplyAdd(sum, z, coefficients[n]);
        return sum;
    }

    /// <inheritdoc cref="Polynomial(double, ReadOnlySpan{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Polynomial<TLanes>(TLanes z, ReadOnlySpan<double> coefficients)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(coefficients[0]);
        for (int n = 1; n < coefficients.Length; n++)
            sum = TLanes.FusedMultiplyAddDouble(sum, z, TLanes.Create(coefficients[n]));
        return sum;
    }
}
