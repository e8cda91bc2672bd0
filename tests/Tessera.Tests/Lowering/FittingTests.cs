using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Lowering.Decisions;
using Tessera.Optimization;
using Tessera.Steps;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering;

/// <summary>Plans for a budget: how few of them are tried, and how little is decoded again by the one that is taken. Only planned here.</summary>
public class FittingTests
{
    private const long MiB = 1L << 20;

    private static readonly Shape Cubes = [64, 64, 64];

    /// <summary>Frames that are decoded whole go to chunks through all of them, or the other way round, in bytes or as a wider type.</summary>
    [Theory]
    [InlineData(64, 1024)]
    [InlineData(64, 1200)]
    [InlineData(512, 1024)]
    [InlineData(500, 700)]
    [InlineData(64, 4096)] // each cell by itself would decode a thousand times
    public void What_cuts_across_storage_is_decoded_as_often_as_the_budget_goes_into_the_data(int frames, int size)
    {
        Shape movie = [frames, size, size];
        long data = movie.Length * sizeof(ushort);
        foreach (long part in (long[])[1, 2, 3, 5, 8, 13])
        {
            // Parts are rows of the destination's chunks, so that a budget for two and a half of them is one for two.
            long budget = Math.Max((long)(data * 0.999 / part), 5 * 64 * 64 * size * sizeof(ushort));
            (LoweredPlan plan, int tried) = Fitted(ChunkedArray.FromSource<ushort>(new Stored(movie, [1, size, size])), Cubes, budget);
            AssertPasses(plan, data, budget, tried);
        }
    }

    [Fact]
    public void Cubes_that_go_to_whole_frames_are_decoded_as_often_as_the_budget_goes_into_the_data()
    {
        Shape movie = [256, 1024, 1024];
        long data = movie.Length * sizeof(ushort);
        foreach (long budget in (long[])[300 * MiB, 160 * MiB, 100 * MiB, 64 * MiB])
        {
            (LoweredPlan plan, int tried) = Fitted(ChunkedArray.FromSource<ushort>(new Stored(movie, Cubes)), [1, 1024, 1024], budget);
            AssertPasses(plan, data, budget, tried);
        }
    }

    /// <summary>What is kept is the source, in its own type; the budget goes into its bytes.</summary>
    [Fact]
    public void A_cast_is_done_as_cells_are_filled()
    {
        Shape movie = [64, 1024, 1024];
        ChunkedArray<double> x = ChunkedArray.FromSource<ushort>(new Stored(movie, [1, 1024, 1024])).Cast<double>() * 2;
        (LoweredPlan plan, int tried) = Fitted(x, Cubes, 64 * MiB);
        AssertPasses(plan, 128 * MiB, 64 * MiB, tried);
    }

    /// <summary>What a small array can't use of a part is the large one's.</summary>
    [Fact]
    public void A_small_array_beside_a_large_one_takes_no_share_of_its_parts()
    {
        Shape movie = [64, 1024, 1024], small = [64, 64, 64];
        long data = (movie.Length + small.Length) * sizeof(ushort);
        foreach (long budget in (long[])[100 * MiB, 64 * MiB, 40 * MiB])
        {
            (LoweredPlan plan, int tried) = Fitted<ushort>(
                [
                    ChunkedArray.FromSource<ushort>(new Stored(movie, [1, 1024, 1024])),
                    ChunkedArray.FromSource<ushort>(new Stored(small, [1, 64, 64])),
                    ChunkedArray.FromSource<ushort>(new Stored(small, [1, 64, 32])),
                ],
                [16, 32, 64], budget);
            AssertPasses(plan, data + (small.Length * sizeof(ushort)), budget, tried);
        }
    }

    /// <summary>Elements of eight bytes in parts for which a first guess leaves no room.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void Parts_of_wide_elements_are_tried_until_they_fit(int budget)
    {
        Shape movie = [64, 4096, 4096];
        (LoweredPlan plan, _) = Fitted(ChunkedArray.FromSource<ushort>(new Stored(movie, [1, 1024, 1024])).Cast<double>(), Cubes, budget * MiB);
        Assert.InRange(plan.Plan.Forecast.PeakBytes, 0, budget * MiB);
    }

    /// <summary>Of 2000 frames that are read twice about a third can be kept.</summary>
    [Fact]
    public void Few_plans_are_tried_until_enough_of_many_decisions_have_conceded()
    {
        Shape frame = [128, 128];
        ChunkedArray<float> stack = ChunkedArray.Stack(Enumerable.Range(0, 2000).Select(_ => ChunkedArray.FromSource<float>(new UnreadSource(frame, frame))));
        ChunkedArray<float> change = (stack - stack.Max(axis: 0)).Abs();
        (LoweredPlan plan, int tried) = Fitted(change, chunks: null, 50 * MiB);
        Assert.InRange(plan.Plan.Forecast.PeakBytes, 40 * MiB, 50 * MiB);
        Assert.InRange(plan.Choices.All.Count(decision => decision.Kind == DecisionKind.Keep), 600, 800);
        Assert.InRange(tried, 1, 10);
    }

    private static void AssertPasses(LoweredPlan plan, long data, long budget, int tried)
    {
        double passes = plan.Plan.Forecast.BytesDecoded / (double)data, least = Math.Ceiling(data / (double)budget);
        Assert.True(passes <= (1.3 * least) + 1, $"{passes} passes for {data / (double)MiB:F0} MiB at {budget / (double)MiB:F0} MiB, where {least} are needed at least");
        Assert.InRange(plan.Plan.Forecast.PeakBytes, 0, budget);
        Assert.InRange(tried, 1, 8);
    }

    private static (LoweredPlan Plan, int Tried) Fitted<T>(ChunkedArray<T> array, Shape? chunks, long budget)
        where T : unmanaged => Fitted([array], chunks, budget);

    private static (LoweredPlan Plan, int Tried) Fitted<T>(ChunkedArray<T>[] arrays, Shape? chunks, long budget)
        where T : unmanaged
    {
        int tried = 0;
        PlannedOutput[] outputs = [.. arrays.Select(array => new PlannedOutput(array.Expression, To(array.Expression)))];
        var optimizer = Optimizer.For(optimize: true);
        ValueLowering values = ValueLowering.ForPlans(optimizer.Optimize) with { Simplify = optimizer.Simplify };
        LoweredPlan plan = new Fitting(With, budget, chunks is not null).Plan();
        return (plan, tried);

        Destination To(ArrayExpression expression) => chunks is { } given
            ? new SinkDestination(new ArraySink(given), expression.ElementType)
            : new MemoryDestination(0, expression.ElementType, expression.Shape);

        LoweredPlan With(Saving saving)
        {
            tried++;
            return Lowerer.Lower(outputs, values, saving, Schedulers.Serial.BytesForPlan());
        }
    }

    private sealed class Stored(Shape shape, Shape storageChunks) : IBlockSource
    {
        public string Name => "movie";

        public ElementType ElementType => ElementType.UInt16;

        public Shape Shape => shape;

        public Shape StorageChunks => storageChunks;

        public bool IsCheap => false;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation) => throw new InvalidOperationException("Nothing was to be read.");
    }
}
