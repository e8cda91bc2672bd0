using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

public class PhiloxTests
{
    /// <summary>The known answers that Random123, its authors' library, is tested with.</summary>
    [Theory]
    [InlineData(0x0000000000000000, 0x00000000, 0x00000000, 0x0000000000000000, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffffffffffff, 0xffffffff, 0xffffffff, 0xffffffffffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x85a308d3243f6a88, 0x13198a2e, 0x03707344, 0x299f31d0a4093822, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Images_are_the_known_answers(ulong counter, uint stream, uint attempt, ulong seed, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal(new PhiloxImage(w0, w1, w2, w3), new Philox(seed, stream).Image(counter, attempt));

    /// <summary>From random_reference.py.</summary>
    [Theory]
    [InlineData(0, 186, 476207382, -5923925837487628680, -0.5230311016862799, 0.9900190595406825)]
    [InlineData(7, 119, 404632909, -6418796896152291319, -0.5945698052735371, 0.6241414453319428)]
    [InlineData(8, 60, 300360712, -7139742375589283661, -0.698789892613429, 1.3735955040325545)]
    [InlineData(31, 49, 1298039532, -241719188948111070, 0.2983903373614698, -0.47885890677883625)]
    [InlineData(85, 96, 533389823, -5528562323276161366, -0.465877237549003, -1.5688685536996227)]
    [InlineData(1000000000005, 187, 357248894, -6746413392556374707, -0.6419301408926565, 1.8100172697585615)]
    public void Elements_are_those_of_the_reference_in_Python(
        long index, byte small, int large, long wide, double uniform, double normal)
    {
        Assert.Equal(small, At<byte>(index, new RandomDistribution.Integers(0, 255)));
        Assert.Equal(large, At<int>(index, new RandomDistribution.Integers(-1_000_000, 2_000_000_000)));
        Assert.Equal(wide, At<long>(index, new RandomDistribution.Integers(long.MinValue, 1L << 62)));
        Assert.Equal(uniform, At<double>(index, new RandomDistribution.Uniform(-1, 1)));
        Assert.Equal(normal, At<double>(index, new RandomDistribution.Normal(0, 1)), 1e-15 * Math.Max(1, Math.Abs(normal)));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(12345UL)]
    [InlineData(0x16A09E667F3BCDUL)] // √½, where the series' ranges meet
    [InlineData(0x16A09E667F3BCCUL)]
    [InlineData(0x1FFFFFFFFFFFFFUL)]
    [InlineData(0x20000000000000UL)] // u = 1
    public void The_radius_is_within_rounding_of_its_formula(ulong draw)
    {
        double u = draw * Math.Pow(2, -53);
        double expected = Math.Sqrt(-2 * Math.Log(u));
        Assert.Equal(expected, NormalMath.Radius(draw), 4 * (Math.BitIncrement(expected) - expected));
    }

    [Fact]
    public void Sine_and_cosine_are_those_of_the_angle_in_every_eighth_of_the_turn()
    {
        ulong eighth = 1UL << 50;
        foreach (ulong offset in (ulong[])[0, 1, 3, 1UL << 30, eighth / 3, eighth - 1])
        {
            for (ulong draw = offset; draw < 8 * eighth; draw += eighth)
            {
                (double expectedSin, double expectedCos) = double.SinCosPi(draw * Math.Pow(2, -52));
                (double sin, double cos) = NormalMath.SinCos(draw);
                Assert.Equal(expectedSin, sin, 4e-16);
                Assert.Equal(expectedCos, cos, 4e-16);
                Assert.Equal(expectedSin == 0, sin == 0);
                Assert.Equal(expectedCos == 0, cos == 0);
            }
        }
    }

    private static T At<T>(long index, RandomDistribution distribution)
        where T : unmanaged
    {
        var element = new T[1];
        RandomKernel.Create(ElementTypes.Of<T>(), distribution, seed: 0x0123456789ABCDEF, stream: 42)
            .Fill((ulong)index, System.Runtime.InteropServices.MemoryMarshal.AsBytes(element.AsSpan()));
        return element[0];
    }
}
