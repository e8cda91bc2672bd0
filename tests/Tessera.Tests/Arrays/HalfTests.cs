using Tessera.Kernels;
using Tessera.Tests.Expressions;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Arrays;

/// <summary>Arrays of 16-bit floating point: computed as float and rounded once an operation, as NumPy's float16.</summary>
public class HalfTests
{
    private static readonly ChunkedArray<Half> Some = ChunkedArray.From([(Half)1, (Half)0.1f, (Half)(-2.5f), (Half)3000, Half.Epsilon, (Half)60000]);

    [Fact]
    public void Every_operation_rounds_once()
    {
        Assert.Equal(Elements(Some).Select(a => (Half)((float)a + (float)(Half)0.1f)), Elements(Some + (Half)0.1f));
        Assert.Equal(Elements(Some).Select(a => (Half)((float)(Half)((float)a * (float)a) + (float)a)), Elements((Some * Some) + Some));
        Assert.Equal(Elements(Some).Select(a => (Half)MathF.Sqrt((float)a)), Elements(Some.Sqrt()));
        Assert.Equal(Elements(Some).Select(a => a > (Half)0.5f), Elements(Some > (Half)0.5f));
    }

    [Fact]
    public void Sums_and_products_are_halves_that_were_accumulated_in_double()
    {
        ChunkedArray<Half> tenths = ChunkedArray.Full((Half)0.1f, [10_000]);
        Assert.Equal((Half)(10_000 * (double)(Half)0.1f), tenths.Sum().Compute());
        Assert.Equal((double)(Half)0.1f, tenths.Mean().Compute(), 1e-15);
        Assert.Equal(0, tenths.Std().Compute(), 1e-15);
        Assert.Equal(Half.PositiveInfinity, ChunkedArray.Full((Half)30000, [3]).Sum().Compute());
        Assert.Equal((Half)992, ChunkedArray.From([(Half)49984, (Half)49984, (Half)(-49984), (Half)(-48992)]).Sum().Compute());
        Assert.Equal((Half)24, ChunkedArray.From([(Half)2, (Half)3, (Half)4]).Prod().Compute());
    }

    [Fact]
    public void Extremes_and_their_places_are_found_and_NaN_wins()
    {
        Assert.Equal(((Half)(-2.5f), 2L), (Some.Min().Compute(), Some.ArgMin().Compute()));
        Assert.Equal(((Half)60000, 5L), (Some.Max().Compute(), Some.ArgMax().Compute()));
        ChunkedArray<Half> spoiled = ChunkedArray.Where(Some == (Half)3000, Half.NaN, Some);
        Assert.True(Half.IsNaN(spoiled.Max().Compute()));
        Assert.Equal(3, spoiled.ArgMin().Compute());
        Assert.Equal([false, false, false, true, false, false], Elements(spoiled.IsNaN()));
        Assert.Equal(6, Some.CountNonZero().Compute());
        Assert.True(Some.All().Compute());
    }

    [Fact]
    public void A_range_is_counted_in_float_and_rounded_at_last()
    {
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (Half)(float)i), Elements(ChunkedArray.Arange((Half)5000)));
        Assert.Equal(100, ChunkedArray.Linspace(0, 1, 100).Cast<Half>().Length);
    }

    [Fact]
    public void Random_halves_are_refused_and_the_way_to_them_is_named()
    {
        string message = Assert.Throws<NotSupportedException>(() => new ChunkedRandom(1).Uniform<Half>([3])).Message;
        Assert.Contains("Draw one of these and Cast it", message);
        Assert.Throws<NotSupportedException>(() => new ChunkedRandom(1).Normal<Half>([3]));
        Assert.All(Elements(new ChunkedRandom(1).Uniform<float>([100]).Cast<Half>()), value => Assert.InRange(value, (Half)0, (Half)1));
    }

    [Fact]
    public void A_half_is_written_in_plans_and_texts()
    {
        Assert.Contains("Half", Some.ToString());
        Assert.Contains("0.1", (Some + (Half)0.1f).Explain());
    }

    /// <summary>All numbers there are, in one row, so that compiled kernels and whole vectors are at work.</summary>
    [Fact]
    public void NumPy_agrees_on_all_halves()
    {
        long[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => (long)bits)];
        Node row = new("Bits", ElementType.Half, [all.Length], all), other = new("Bits", ElementType.Half, [all.Length], [.. all.Select(bits => bits * 40503 % 65536)]);
        KernelOp[] unary = [KernelOp.Negate, KernelOp.Abs, KernelOp.Square, KernelOp.Sqrt, KernelOp.Floor, KernelOp.Ceiling, KernelOp.Round];
        KernelOp[] binary = [KernelOp.Add, KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.Minimum, KernelOp.Maximum, KernelOp.CopySign];
        Node[] nodes =
        [
            .. unary.Select(op => RandomElementwise.Unary(op, row)), .. binary.Select(op => RandomElementwise.Binary(op, row, other)),
            RandomElementwise.Binary(KernelOp.Less, row, other) with { Type = ElementType.Boolean },
            .. Enum.GetValues<ElementType>().Select(to => new Node("Cast", to, row.Shape, [], row)),
        ];
        IReadOnlyList<Elements> expected = NumPyOracle.Compute(nodes);
        for (int i = 0; i < nodes.Length; i++)
            Assert.Null(expected[i].Differs(Tessera.Tests.Expressions.Elements.Of(TreeBuilder.Build(nodes[i]), new ComputeOptions()), nodes[i]));
    }

    private static T[] Elements<T>(ChunkedArray<T> array)
        where T : unmanaged
    {
        var elements = new T[array.Length];
        array.Compute().FlattenTo(elements);
        return elements;
    }
}
