using System.Diagnostics;
using Tessera.Pools;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Scheduling;

/// <summary>
/// A process that dies in the middle of a task, at the worst moment: never a wrong answer. All reductions and more moments are tried with TESSERA_DEATHS=all, and as
/// many moments of each kind of task as are asked for with TESSERA_DEATHS=1000.
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
        const int two = 8 * 1024, three = 12 * 1024;
        object expected = Compute(reduction, three, Serial);
        using var marks = new Marks();
        using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions
        {
            Initializer = () =>
            {
                Compute(reduction, two, Serial); // compiles the kernels; that of merges once there is something to merge
                DeadlyKernels.Set(marks, merges, ofMerges: true);
            },
        });
        Assert.Equal(expected, Compute(reduction, three, new ComputeOptions { Scheduler = Schedulers.Processes(pool) }));
        Assert.True(marks.Has(DeadlyKernels.Mark), "Nobody died.");
        Assert.Equal(0, ((ProcessCrew)pool.Crew).Blocks.RentedBlocks);
    }

    public static TheoryData<string> Kinds => ["fill", "fold", "part of a chain", "merge", "call"];

    /// <summary>Shares of the way through the tasks of a kind: the first moment, the last, and as many others as are asked for.</summary>
    private static IEnumerable<double> Moments
    {
        get
        {
            int rounds = All ? 20 : int.TryParse(Environment.GetEnvironmentVariable("TESSERA_DEATHS"), out int asked) ? asked : 2;
            var random = new Random(rounds);
            return Enumerable.Range(0, rounds).Select(round => round < 2 ? round : random.NextDouble());
        }
    }

    /// <summary>At every moment a task has done something and told nothing of it yet; what it reads must be as it was.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void A_task_whose_process_dies_is_done_again_and_no_bit_changes(string kind)
    {
        Array expected = Compute(kind, marks: null, 0, Serial);
        foreach (double moment in Moments)
        {
            using var marks = new Marks();
            using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions
            {
                Initializer = kind == "call" ? null : () => DeadlyKernels.SetAt(marks, moment, kind == "merge", () => Compute(kind, null, 0, Serial)),
            });
            Assert.Equal(expected, Compute(kind, marks, moment, new ComputeOptions { Scheduler = Schedulers.Processes(pool) }));
            Assert.True(marks.Has(DeadlyKernels.Mark), $"Nobody died at {moment}.");
            Assert.Equal(0, ((ProcessCrew)pool.Crew).Blocks.RentedBlocks);
        }
    }

    private static Array Compute(string kind, Marks? marks, double moment, ComputeOptions options)
    {
        ChunkedArray<int> x = new ChunkedRandom(seed: 11).Integers<int>(-1000, 1000, shape: [4 * 1024, 1024], chunks: [1024, 1024]);
        return kind switch
        {
            "fill" => (x * 3 + 1).Compute(options).ToArray(),
            "fold" => x.Std(axis: 1).Compute(options).ToArray(),
            "part of a chain" => Delivered(6).Sum(axis: 0).Compute(options).ToArray(),
            "merge" => new[] { ChunkedArray.Concatenate([x, x + 1, x * 2], axis: 0).Var().Compute(options) },
            "call" => Delayed.Compute([.. Enumerable.Range(0, Calls).Select(k => Deadly(marks, (int)(moment * (Calls - 1)))(k))], options),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private const int Calls = 30;

    /// <summary>A function whose process is killed in one of its calls.</summary>
    private static DelayedFunction<int, int> Deadly(Marks? marks, int deadly) => Delayed.Function((int k) =>
    {
        if (k == deadly && marks is not null && marks.Make(DeadlyKernels.Mark))
            Process.GetCurrentProcess().Kill();
        return k * k;
    });

    /// <summary>A fold over what is delivered is a chain of tasks, each of which goes on with the states that the one before left.</summary>
    private static ChunkedArray<double> Delivered(int count)
    {
        const int length = 1_000_000;
        var load = Delayed.Function((int k) => Enumerable.Range(0, length).Select(i => (double)(i % 1000) + k).ToArray());
        return ChunkedArray.Stack(Enumerable.Range(0, count).Select(k => ChunkedArray.FromDelayed(load(k), shape: [length])), axis: 0);
    }
}
