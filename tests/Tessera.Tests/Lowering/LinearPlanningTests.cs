using Tessera.Tests.Memory;

namespace Tessera.Tests.Lowering;

/// <summary>
/// Planning takes work in proportion to the number of parts, and little for each. Work is counted by what it allocates: that is the same on every machine, and whoever
/// walks all parts for each of them sees it grow as the square.
/// </summary>
[Collection(nameof(Alone))]
public class LinearPlanningTests
{
    private const int Few = 5000, Many = 10_000;

    [Theory]
    [InlineData("cheap", 12_000)]
    [InlineData("expensive", 16_000)]
    [InlineData("delayed", 13_000)]
    public void Planning_takes_memory_in_proportion_to_the_number_of_parts(string kind, long mostBytesOfPart)
    {
        foreach ((string what, Func<ChunkedArray<double>, string> plan) in Computations)
        {
            ChunkedArray<double> few = Stack(kind, Few), many = Stack(kind, Many);
            plan(few);
            long less = Allocated(() => plan(few)), more = Allocated(() => plan(many));
            Assert.True(more <= 2.3 * less, $"{what} of {kind} parts: {less} bytes for {Few}, {more} for {Many}");
            Assert.True(more <= mostBytesOfPart * Many, $"{what} of {kind} parts: {more / Many} bytes a part");
        }
    }

    /// <summary>What is of one part takes no more for many than for few.</summary>
    [Theory]
    [InlineData("cheap")]
    [InlineData("expensive")]
    [InlineData("delayed")]
    public void One_part_is_planned_without_the_others(string kind)
    {
        ChunkedArray<double> few = Stack(kind, Few), many = Stack(kind, Many);
        few[5].Explain();
        long less = Allocated(() => few[5].Explain()), more = Allocated(() => many[5].Explain());
        Assert.InRange(more, 0, less + (less / 10) + 1000);
    }

    private static readonly (string What, Func<ChunkedArray<double>, string> Plan)[] Computations =
    [
        ("max over frames", x => x.Max(axis: 0).Explain(Roomy)),
        ("deviation from the mean over frames", x => (x - x.Mean(axis: 0)).Explain(Roomy)),
        ("mean of each frame", x => x.Mean(axes: [1, 2], keepDims: true).Explain(Roomy)),
        ("deviation from the mean of each frame", x => (x - x.Mean(axes: [1, 2], keepDims: true)).Explain(Roomy)),
        ("normalized by both", x => (((x - x.Mean(axis: 0)) / x.Std(axis: 0)) - x.Mean(axes: [1, 2], keepDims: true)).Explain(Roomy)),
        ("rolling sum", x => (x[2..] + x[1..^1] + x[..^2]).Explain(Roomy)),
        ("what is told of it", x => x.ToString()),
    ];

    private static ComputeOptions Roomy => new() { MemoryBudget = 1L << 50 };

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static ChunkedArray<double> Stack(string kind, int count)
    {
        Shape frame = [64, 64];
        var load = Delayed.Function((int i) => new float[64 * 64], "load");
        return ChunkedArray.Stack(Enumerable.Range(0, count).Select(i => kind == "delayed"
            ? ChunkedArray.FromDelayed(load(i), frame)
            : ChunkedArray.FromSource<float>(new UnreadSource(frame, frame) { IsCheap = kind == "cheap" }))).Cast<double>();
    }
}
