using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Steps;
using Tessera.Tests.Expressions;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Steps;

/// <summary>What a plan is known by says what decides its bits, and nothing else.</summary>
public sealed class PlanIdentityTests
{
    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    public static TheoryData<string> Names => [.. Arrays().Keys];

    /// <summary>Expressions of every kind, made anew each time, in chunks of the user's choice.</summary>
    private static Dictionary<string, ArrayExpression> Arrays(Chunks chunks = default)
    {
        var random = new ChunkedRandom(seed: 3);
        ChunkedArray<double> x = random.Normal<double>(shape: [600, 500], chunks: chunks);
        ChunkedArray<double> y = random.Uniform<double>(shape: [600, 500], chunks: chunks);
        ChunkedArray<double> read = Read<double>([64, 64], [16, 64]);
        var load = Delayed.Function((int k) => Enumerable.Repeat((double)k, 64).ToArray(), "load");
        ChunkedArray<double> delivered = ChunkedArray.Stack(Enumerable.Range(0, 5).Select(k => ChunkedArray.FromDelayed(load(k), shape: [64])), axis: 0);
        return new()
        {
            ["elementwise"] = (x * 2 + y).Expression,
            ["view"] = x[10..20, ..].Transpose().Expression,
            ["reduction"] = x.Std(axis: 0).Expression,
            ["normalized"] = ((x - x.Mean()) / x.Std()).Expression,
            ["concatenated"] = ChunkedArray.Concatenate([x, y], axis: 1).Expression,
            ["reshaped"] = x.Reshape(500, 600).Sum(axis: 1).Expression,
            ["read twice"] = (read - read.Mean(axis: 0)).Expression,
            ["kept"] = ((x - x.Mean(axis: 1, keepDims: true))[.., Slice.NewAxis, ..100] * y.Exp()[Slice.NewAxis, .., ..100]).Mean(axis: 2).Expression,
            ["delivered"] = delivered.Sum(axis: 0).Expression,
        };
    }

    private static ChunkedArray<T> Read<T>(Shape shape, Shape storage)
        where T : unmanaged
    {
        ElementType type = ElementTypes.Of<T>();
        return ChunkedArray.FromSource<T>(new ArraySource(new Elements(type, shape, new byte[shape.Length * type.Size]), storage));
    }

    private static Plan PlanOf(ArrayExpression array, ComputeOptions? options = null) =>
        Computation.PlanFor(array, new MemoryDestination(0, array.ElementType, array.Shape), 0, options ?? Serial).Plan;

    private static Plan PlanOf<T>(ChunkedArray<T> array)
        where T : unmanaged => PlanOf(array.Expression);

    [Theory, MemberData(nameof(Names))]
    public void A_plan_is_the_same_however_often_it_is_made(string name) =>
        Assert.Equal(PlanOf(Arrays()[name]).Text, PlanOf(Arrays()[name]).Text);

    [Theory, MemberData(nameof(Names))]
    public void A_plan_is_the_same_for_every_scheduler(string name)
    {
        string? expected = PlanOf(Arrays()[name]).Identity;
        Assert.NotNull(expected);
        foreach (Scheduler scheduler in new[] { Schedulers.Threads(1), Schedulers.Threads(2), Schedulers.Threads(13) })
            Assert.Equal(expected, PlanOf(Arrays()[name], new ComputeOptions { Scheduler = scheduler }).Identity);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_plan_is_the_same_for_every_chunking(string name)
    {
        string[] expected = [.. PlanOf(Arrays()[name]).Text];
        foreach (Chunks chunks in (Chunks[])[[600, 500], [7, 500], [100, 13]])
            Assert.Equal(expected, PlanOf(Arrays(chunks)[name]).Text);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_plan_that_is_made_of_what_travels_is_the_same(string name)
    {
        Plan plan = PlanOf(Arrays()[name]);
        Assert.Equal(plan.Text, plan.Origin!().Remake().Text);
    }

    [Fact]
    public void A_plan_of_calls_that_is_made_of_what_travels_is_the_same()
    {
        var load = Delayed.Function(async (int k) =>
        {
            await Task.Yield();
            return k;
        }, "load");
        var add = Delayed.Function((int a, int b) => a + b, "add");
        Delayed<int> next = add(load(1), load(2)).SelectMany(sum => load(sum));
        Delayed<double> total = new ChunkedRandom(seed: 1).Normal(shape: [50]).Sum().ToDelayed();
        Plan plan = Computation.PlanFor([add(next, 5).Expression, total.Expression], Serial).Plan;
        Assert.Equal(plan.Text, plan.Origin!().Remake().Text);
        Assert.Contains(plan.Text, line => line.Contains("add(·, 5)"));
    }

    [Fact]
    public void Plans_that_give_other_bits_are_told_apart()
    {
        ChunkedArray<double> x = Read<double>([64, 64], [16, 64]);
        ChunkedArray<double> y = new ChunkedRandom(seed: 3).Normal<double>(shape: [64, 64]);
        Plan[] plans =
        [
            PlanOf(x - y),
            PlanOf(y - x),
            PlanOf(x - x),
            PlanOf(x + y),
            PlanOf(x - y + 1),
            PlanOf(x - y + 2),
            PlanOf(x - y + 0.0),
            PlanOf(x - y + -0.0),
            PlanOf(x - new ChunkedRandom(seed: 4).Normal<double>(shape: [64, 64])),
            PlanOf(Read<double>([64, 64], [16, 32]) - y),
            PlanOf(Read<float>([64, 64], [16, 64]) - y.Cast<float>()),
            PlanOf(x[.., ..63] - y[.., ..63]),
            PlanOf(x[.., 1..] - y[.., 1..]),
            PlanOf(x.Sum(axis: 0)),
            PlanOf(x.Sum(axis: 1)),
            PlanOf(x.Max(axis: 0)),
            PlanOf(x.Var(axis: 0)),
            PlanOf(x.Var(axis: 0, ddof: 1)),
        ];
        Assert.Equal(plans.Length, plans.Select(plan => plan.Identity).Distinct().Count());
        Assert.All(plans, plan => Assert.Matches("^[0-9a-f]{64}$", plan.Identity!));
    }

    [Fact]
    public void A_text_has_nothing_of_the_process_that_made_it()
    {
        Assert.All(Arrays().Values.SelectMany(array => PlanOf(array).Text), line => Assert.DoesNotMatch("0x|address|System\\.|Tessera\\.", line));
    }

    [Fact]
    public void Another_plan_is_refused_with_the_first_difference()
    {
        ChunkedArray<double> x = new ChunkedRandom(seed: 3).Normal<double>(shape: [64, 64]);
        var seal = new PlanSeal(PlanOf(x.Sum(axis: 0)));

        seal.Check(PlanOf(x.Sum(axis: 0)));

        var refusal = Assert.Throws<InvalidOperationException>(() => seal.Check(PlanOf(x.Sum(axis: 1))));
        Assert.Contains("over 1 of", refusal.Message);
        Assert.Contains("over 0 of", refusal.Message);
    }
}
