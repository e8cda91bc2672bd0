using System.Globalization;
using Tessera.Expressions;
using Tessera.Steps;

namespace Tessera.Tests.Steps;

/// <summary>
/// A plan is written the same in every culture: a worker has the one that its pool's initializer set, and a checkpoint is found by users of any language. The
/// tests run without the data of cultures, so what a Swedish user has is written out here, and beside it signs that nobody has.
/// </summary>
public sealed class PlanCultureTests
{
    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    public static TheoryData<string> Cultures => ["sv-SE", "own"];

    private static CultureInfo Culture(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = name == "own"
            ? new NumberFormatInfo
            {
                NegativeSign = "~",
                PositiveSign = "&",
                NumberDecimalSeparator = "_",
                NaNSymbol = "nothing",
                PositiveInfinitySymbol = "more",
                NegativeInfinitySymbol = "less",
            }
            : new NumberFormatInfo { NegativeSign = "\u2212", NumberDecimalSeparator = ",", NumberGroupSeparator = "\u00A0" };
        return culture;
    }

    private static IEnumerable<ArrayExpression> Arrays()
    {
        var random = new ChunkedRandom(seed: -3);
        ChunkedArray<double> x = random.Normal<double>(mean: -1.5, standardDeviation: 0.25, shape: [60, 50]);
        ChunkedArray<int> n = random.Integers<int>(-5, -2, shape: [60, 50]);
        yield return (x[Slice.Of(null, null, -1), ..] * -2.5 + double.NegativeInfinity).Expression;
        yield return (n[Slice.Of(50, 3, -2), ..] - 7).Expression;
        yield return x.Var(axis: 0, ddof: 1).Expression;
        yield return ((x - x.Mean()) / double.NaN).Std().Expression;
        yield return (x.Cast<Half>() * (Half)(-0.5)).Expression;
    }

    private static string[] Texts()
    {
        var call = Delayed.Function((double a, DateTime b, decimal c) => a, "call");
        Plan calls = Computation.PlanFor([call(-1.5, new DateTime(2024, 2, 3), -2.5m).Expression], Serial).Plan;
        return
        [
            .. Arrays().SelectMany(array => PlanOf(array).Text),
            .. Arrays().Select(array => PlanOf(array).Identity!),
            .. Arrays().SelectMany(array => PlanOf(array).Steps).Select(step => step.Name + step.RegionOf(0)),
            .. Arrays().SelectMany(array => ExpressionOrder.InputsFirst(array)).Select(array => array.Describe()),
            .. calls.Text,
            calls.Identity!,
            calls.Graph.DescriptionOf(0),
        ];
    }

    private static Plan PlanOf(ArrayExpression array) =>
        Computation.PlanFor(array, new MemoryDestination(0, array.ElementType, array.Shape), 0, Serial).Plan;

    [Theory, MemberData(nameof(Cultures))]
    public void A_plan_is_written_the_same_in_every_culture(string name)
    {
        string[] expected = Texts();
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Culture(name);
        try
        {
            Assert.Equal(expected, Texts());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Workers_whose_initializer_sets_a_culture_compute()
    {
        using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions { Initializer = () => CultureInfo.CurrentCulture = Culture("own") });
        ChunkedArray<double> x = new ChunkedRandom(seed: 3).Normal<double>(shape: [60, 50]);
        double expected = (x[Slice.Of(null, null, -1), ..] * -2).Sum().Compute(Serial);
        Assert.Equal(expected, (x[Slice.Of(null, null, -1), ..] * -2).Sum().Compute(new ComputeOptions { Scheduler = Schedulers.Processes(pool) }));
    }
}
