using System.Numerics.Tensors;
using Tessera.Steps;

namespace Tessera.Tests.Steps;

/// <summary>A plan says what will be done, in whichever form the arrays were written that it does it for: workers have them as they were rewritten.</summary>
public sealed class PlanOfRewrittenArraysTests
{
    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    public static TheoryData<string> Names => [.. Values().Keys];

    private static Dictionary<string, Delayed> Values()
    {
        ChunkedArray<double> x = new ChunkedRandom(seed: 3).Normal<double>(shape: [60, 50], chunks: [20, 50]);
        var sum = Delayed.Function((Tensor<double> elements) => elements.Sum(), "sum");
        return new()
        {
            ["a chunk of an elementwise array"] = sum((x * 2).ToDelayed()[1]),
            ["a rechunked one"] = x.Rechunk(chunks: [7, 50]).ToDelayedTensor(),
            ["a slice of a slice"] = x[1.., ..][..5, ..].ToDelayedTensor(),
            ["a slice of a transposed one"] = x.Transpose()[3.., ..].ToDelayedTensor(),
            ["a constant"] = ChunkedArray.Full(7, shape: []).ToDelayed()[0],
            ["a repeated constant"] = ChunkedArray.Full(7, shape: [5]).ToDelayedTensor(),
            ["a concatenated one that is cut"] = ChunkedArray.Concatenate([x, x + 1], axis: 0)[..60, ..].ToDelayedTensor(),
            ["a reshaped one"] = x.Reshape(3000).Reshape(50, 60).ToDelayedTensor(),
            ["a reduction"] = (x * 2).Sum().ToDelayed(),
            ["two of them"] = Delayed.Function((double a, double b) => a - b, "subtract")(x.Sum().ToDelayed(), x.Max().ToDelayed()),
        };
    }

    [Theory, MemberData(nameof(Names))]
    public void The_plan_that_is_made_of_what_travels_is_the_same(string name)
    {
        Plan plan = Computation.PlanFor([Values()[name].Expression], Serial).Plan;
        Assert.Equal(plan.Text, plan.Origin!().Remake().Text);
    }

    [Fact]
    public void Worker_processes_compute_them()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        ChunkedArray<double> x = new ChunkedRandom(seed: 3).Normal<double>(shape: [60, 50], chunks: [20, 50]);
        var sum = Delayed.Function((Tensor<double> elements) => elements.Sum(), "sum");
        Delayed<double> value = sum((x * 2).ToDelayed()[1]);
        Assert.Equal(value.Compute(Serial), value.Compute(processes));
        Delayed<Tensor<double>> slice = x[1.., ..][..5, ..].ToDelayedTensor();
        Assert.Equal(slice.Compute(Serial).ToArray(), slice.Compute(processes).ToArray());
    }
}
