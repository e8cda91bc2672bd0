using System.Numerics;
using Tessera.Tests.PlainExecution;

namespace Tessera.Tests.Kernels;

/// <summary>A product and a sum in one are rounded once: held against exact numbers, which are integers times 2^-48, since halves are integers times 2^-24.</summary>
public sealed class HalfFusedTests
{
    private const int Unit = 24;

    /// <summary>What would be rounded twice by way of float: 1 + 2^-11 + 2^-24 lies above a tie, and its float on it.</summary>
    [Fact]
    public void A_result_beside_a_tie_is_rounded_from_what_it_is()
    {
        ChunkedArray<Half> a = ChunkedArray.From([(Half)3]), b = ChunkedArray.From([(Half)(683 / 2048.0)]), c = ChunkedArray.From([(Half)Math.ScaleB(1, -24)]);
        Assert.Equal([(Half)(1 + Math.ScaleB(1, -10))], a.FusedMultiplyAdd(b, c).Compute().ToArray());
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 4)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_result_is_the_nearest_half_of_the_exact_one(int seed)
    {
        const int count = 1 << 16;
        (Half[] a, Half[] b, Half[] c) = (new Half[count], new Half[count], new Half[count]);
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            (a[i], b[i]) = (Any(random), Any(random));
            c[i] = (i % 4) switch
            {
                0 => Any(random),
                1 => Finite(Nearest(-Integer(a[i]) * Integer(b[i]))), // what is left is the product's own rounding
                2 => BitConverter.UInt16BitsToHalf((ushort)(random.Next(1, 4) | (random.Next(2) << 15))), // the smallest there are
                _ => Half.CopySign(BitConverter.UInt16BitsToHalf((ushort)random.Next(0x7B00, 0x7C00)), c[Math.Max(0, i - 1)]), // beside the largest
            };
        }

        foreach (Scheduler scheduler in new[] { Schedulers.Serial, PlainScheduler.Instance })
        {
            Half[] results = ChunkedArray.From(a).FusedMultiplyAdd(ChunkedArray.From(b), ChunkedArray.From(c)).Compute(new() { Scheduler = scheduler }).ToArray();
            for (int i = 0; i < count; i++)
            {
                BigInteger exact = (Integer(a[i]) * Integer(b[i])) + (Integer(c[i]) << Unit);
                if (!exact.IsZero) // the sign of zero is the operands' affair
                    Assert.True(Nearest(exact) == results[i], $"{a[i]:R} * {b[i]:R} + {c[i]:R} was {results[i]:R} instead of {Nearest(exact):R} by {scheduler.Name}");
                else
                    Assert.Equal(0, (double)results[i]);
            }
        }
    }

    private static Half Any(Random random)
    {
        Half any;
        do
            any = BitConverter.UInt16BitsToHalf((ushort)random.Next(1 << 16));
        while (!Half.IsFinite(any));
        return any;
    }

    private static Half Finite(Half value) => Half.IsFinite(value) ? value : Half.Zero;

    /// <summary>A finite half in units of 2^-24.</summary>
    private static BigInteger Integer(Half value)
    {
        int bits = BitConverter.HalfToUInt16Bits(value), exponent = (bits >> 10) & 31, fraction = bits & 1023;
        BigInteger magnitude = exponent == 0 ? fraction : (BigInteger)(fraction | 1024) << (exponent - 1);
        return bits >> 15 == 0 ? magnitude : -magnitude;
    }

    /// <summary>The half that is nearest to a number in units of 2^-48; of two, the even one.</summary>
    private static Half Nearest(BigInteger exact)
    {
        BigInteger magnitude = BigInteger.Abs(exact);
        int spare = Math.Max(Unit, (int)magnitude.GetBitLength() - 11); // bits that a half has no room for
        BigInteger whole = magnitude >> spare, rest = magnitude - (whole << spare), middle = BigInteger.One << (spare - 1);
        if (rest > middle || (rest == middle && !whole.IsEven))
            whole++;
        double value = Math.ScaleB((double)whole, spare - (2 * Unit)); // exact: 11 bits, or a power of two
        Half nearest = value >= 65536 ? Half.PositiveInfinity : (Half)value;
        return exact.Sign < 0 ? -nearest : nearest;
    }
}
