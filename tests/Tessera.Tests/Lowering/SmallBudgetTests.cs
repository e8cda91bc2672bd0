using Tessera.Steps;
using Tessera.Tests.Memory;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering;

/// <summary>Computations that need little memory, and get by with it.</summary>
[Collection(nameof(Alone))]
public class SmallBudgetTests
{
    /// <summary>Each mean is needed twice by the next one.</summary>
    private static ChunkedArray<double> RunningMean(int count, int length)
    {
        ChunkedArray<double>[] arrays = [.. Enumerable.Range(0, count).Select(i => ChunkedArray.From(Enumerable.Range(0, length).Select(j => (double)((i * 31) + j)).ToArray()))];
        ChunkedArray<double> mean = arrays[0];
        for (int i = 1; i < count; i++)
            mean += (arrays[i] - mean) / (i + 1);
        return mean;
    }

    [Fact]
    public void A_running_mean_over_a_thousand_small_arrays_needs_no_gigabytes()
    {
        ChunkedArray<double> mean = RunningMean(1000, 1000);
        Plan plan = Computation.PlanFor(mean.Expression, new MemoryDestination(0, ElementType.Double, mean.Shape), 0, new ComputeOptions { MemoryBudget = 1L << 50 }).Plan;
        Assert.InRange(plan.Forecast.PeakBytes, 0, 64 << 20);
        Assert.Equal(Enumerable.Range(0, 1000).Select(j => (31.0 * 999 / 2) + j), mean.Compute(new ComputeOptions { MemoryBudget = 64 << 20 }).ToArray(), new Near());
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= 1e-9 * Math.Abs(y);

        public int GetHashCode(double obj) => 0;
    }

    /// <summary>Frames of 32 MiB, in stacks of all lengths: the mean has as many bytes as a frame, and a few of each are enough.</summary>
    [Theory, InlineData(10), InlineData(100), InlineData(1000), InlineData(10_000)]
    public void Frames_less_their_mean_over_time_fit_into_a_few_of_them(long frames)
    {
        const long budget = 256L << 20;
        Shape shape = [frames, 2048, 4096];
        foreach (Shape storage in (Shape[])[[1, 2048, 4096], [1, 16, 4096], [1, 1, 1]])
        {
            ChunkedArray<float> x = ChunkedArray.FromSource<float>(new UnreadSource(shape, storage) { IsCheap = storage[1] == 1 });
            foreach (ChunkedArray<float> less in (ChunkedArray<float>[])[x - x.Mean(axis: 0).Cast<float>(), x - x.Max(axis: 0), x / x.Std(axis: 0).Cast<float>()])
            {
                var options = new ComputeOptions { MemoryBudget = budget };
                Plan plan = Computation.PlanFor(less.Expression, new SinkDestination(new ArraySink([1, 2048, 4096]), ElementType.Single), 0, options).Plan;
                Assert.True(plan.Forecast.PeakBytes <= budget, $"{less.Expression.Describe()} of {frames} frames in {storage} needs {plan.Forecast.PeakBytes >> 20} MiB.");
            }
        }
    }
}
