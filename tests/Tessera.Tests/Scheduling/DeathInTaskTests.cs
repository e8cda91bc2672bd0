using System.Numerics.Tensors;
using Tessera.Pools;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Scheduling;

/// <summary>
/// A process that dies in the middle of a task, at the worst moment: never a wrong answer. All reductions and more moments are tried with TESSERA_DEATHS=all.
/// </summary>
public class DeathInTaskTests
{
    private static readonly bool All = Environment.GetEnvironmentVariable("TESSERA_DEATHS") == "all";

    private static readonly string[] Reductions = ["sum", "mean", "variance", "deviation", "largest", "where the smallest", "any", "product", "deviation along an axis"];

    public static TheoryData<string, int> ReductionsAndMerges
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string reduction in Reductions)
            {
                foreach (int merges in new[] { 1, 2 })
                {
                    if (All || reduction == "sum" || (merges == 1 && reduction is "mean" or "variance" or "where the smallest" or "deviation along an axis"))
                        data.Add(reduction, merges);
                }
            }

            return data;
        }
    }

    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    private static object Compute(string reduction, long rows, ComputeOptions options)
    {
        ChunkedArray<int> x = new ChunkedRandom(seed: 11).Integers<int>(-1000, 1000, shape: [rows, 1024], chunks: [1024, 1024]);
        return reduction switch
        {
            "sum" => x.Sum().Compute(options),
            "mean" => x.Mean().Compute(options),
            "variance" => x.Var().Compute(options),
            "deviation" => x.Std().Compute(options),
            "largest" => x.Max().Compute(options),
            "where the smallest" => x.ArgMin().Compute(options),
            "any" => (x > 998).Any().Compute(options),
            "product" => ((x % 2) * 2 + 1).Cast<double>().Prod().Compute(options),
            "deviation along an axis" => x.Std(axis: 0).Compute(options).ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(reduction)),
        };
    }

    /// <summary>Three runs, which are joined by two merges in one task.</summary>
    [Theory, MemberData(nameof(ReductionsAndMerges))]
    public void A_death_in_the_middle_of_a_merge_changes_no_bit(string reduction, int merges)
    {
        const int few = 64, many = 12 * 1024;
        object expected = Compute(reduction, many, Serial);
        using var marks = new Marks();
        using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions
        {
            Initializer = () =>
            {
                Compute(reduction, few, Serial); // compiles the kernels, those of merges too
                DeadlyKernels.Set(marks, merges, ofMerges: true);
            },
        });
        Assert.Equal(expected, Compute(reduction, many, new ComputeOptions { Scheduler = Schedulers.Processes(pool) }));
        Assert.True(marks.Has(DeadlyKernels.Mark), "Nobody died.");
        Assert.Equal(0, ((ProcessCrew)pool.Crew).Blocks.RentedBlocks);
    }

    private static Tensor<double> FoldDelivered(int count, ComputeOptions options)
    {
        const int length = 1_000_000;
        var load = Delayed.Function((int k) => Enumerable.Range(0, length).Select(i => (double)(i % 1000) + k).ToArray());
        ChunkedArray<double> all = ChunkedArray.Stack(Enumerable.Range(0, count).Select(k => ChunkedArray.FromDelayed(load(k), shape: [length])), axis: 0);
        return all.Sum(axis: 0).Compute(options);
    }

    /// <summary>A fold over what is delivered is a chain of tasks that pass a block on: a later one changes what it reads, and isn't done twice.</summary>
    [Fact]
    public void A_death_in_a_chain_of_tasks_is_told_or_changes_no_bit()
    {
        Tensor<double> expected = FoldDelivered(6, Serial);
        int told = 0, right = 0;
        foreach (int runs in All ? [1, 20, 60, 100] : new[] { 1, 60 })
        {
            using var marks = new Marks();
            using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions
            {
                Initializer = () =>
                {
                    FoldDelivered(2, Serial);
                    DeadlyKernels.Set(marks, runs, ofMerges: false);
                },
            });
            try
            {
                Assert.Equal(expected, FoldDelivered(6, new ComputeOptions { Scheduler = Schedulers.Processes(pool) }));
                right += marks.Has(DeadlyKernels.Mark) ? 1 : 0;
            }
            catch (ComputationException failure)
            {
                told++;
                var death = Assert.IsType<WorkerDiedException>(failure.InnerException);
                Assert.Equal(137, death.ExitCode);
                Assert.Contains("was not tried again", failure.Message);
                Assert.Equal(expected, FoldDelivered(6, new ComputeOptions { Scheduler = Schedulers.Processes(pool) })); // as the message advises
            }
        }

        Assert.NotEqual(0, told);
        Assert.NotEqual(0, right);
    }
}
