using Tessera.Tests.Storage;

namespace Tessera.Tests.Arrays;

/// <summary>The plan as text: what was written, what the rules made of it, steps, tasks and bytes.</summary>
[Trait("Scheduler", "threads")] // with processes a task holds more: what arrives from them
public class ExplainTests
{
    private static readonly ComputeOptions Options = new() { MemoryBudget = 1L << 30 };

    [Fact]
    public void A_mean_of_a_slice_of_random_numbers() => Explains(
        new ChunkedRandom(7).Integers(0, 255, [1000, 1024, 1024], chunks: [100, 64, 64])[.., ..10].Mean().Explain(Options),
        """
        as written
          divide: double ()
            cast to double: double ()
              sum over all: long ()
                slice [i, j, k]: int (1000, 10, 1024) in 160 chunks (100, 10, 64)
                  random integers 0..255, seed 7, stream 0: int (1000, 1024, 1024) in 2,560 chunks (100, 64, 64)
            10240000: double ()
        optimized
          divide: double ()
            cast to double: double ()
              sum over all: long ()
                slice [i, j, k]: int (1000, 10, 1024) in 160 chunks (100, 10, 64)
                  random integers 0..255, seed 7, stream 0: int (1000, 1024, 1024) in 2,560 chunks (100, 64, 64)
            10240000: double ()
        lowered: 4 tasks in 3 steps
          fold sum over all ← random integers 0..255, seed 7, stream 0: 2 tasks
          merge sum over all: 1 task
          fill divide ← cast to double ← sum over all: 1 task
        reads 0 B, makes a result of 8 B, holds 513 KiB at the peak of one worker

        """);

    /// <summary>Only the frame that is seen is left, and with it one task.</summary>
    [Fact]
    public void A_stack_of_frames_of_which_one_is_seen() => Explains(
        (ChunkedArray.Stack(Enumerable.Range(0, 3).Select(i => ChunkedArray.FromSource<int>(
            new ArraySource(ArraySource.OfZeros([64, 64], [64, 64]).Elements, [64, 64]) { Name = $"frame {i}" }))).Rechunk([3, 16, 64])[1] + 1).Explain(Options),
        """
        as written
          add: int (64, 64) in 4 chunks (16, 64)
            slice [1, i, j]: int (64, 64) in 4 chunks (16, 64)
              rechunk to (3, 16, 64): int (3, 64, 64) in 4 chunks (3, 16, 64)
                concatenate 3 along axis 0: int (3, 64, 64) in 3 chunks (1, 64, 64)
                  slice [j, k]: int (1, 64, 64)
                    frame 0: int (64, 64)
                  slice [j, k]: int (1, 64, 64)
                    frame 1: int (64, 64)
                  slice [j, k]: int (1, 64, 64)
                    frame 2: int (64, 64)
            broadcast: int (64, 64)
              1: int ()
        optimized
          add: int (64, 64) in 4 chunks (16, 64)
            frame 1: int (64, 64)
            broadcast: int (64, 64)
              1: int ()
        lowered: 1 task in 1 step
          fill add ← frame 1: 1 task
        reads 16 KiB, makes a result of 16 KiB, holds 16 KiB at the peak of one worker

        """);

    /// <summary>It is kept from one step to the next, and read once.</summary>
    [Fact]
    public void A_dear_source_that_is_needed_twice()
    {
        ArraySource source = ArraySource.OfZeros([30, 256, 256], [1, 256, 256]);
        ChunkedArray<double> x = ChunkedArray.FromSource<int>(source).Cast<double>();
        Explains((x - x.Mean()).Std().Explain(Options), """
        as written
          sqrt: double ()
            var over all: double ()
              subtract: double (30, 256, 256)
                cast to double: double (30, 256, 256)
                  array source: int (30, 256, 256)
                broadcast: double (30, 256, 256)
                  divide: double ()
                    sum over all: double ()
                      cast to double: double (30, 256, 256) (as above)
                    1966080: double ()
        optimized
          sqrt: double ()
            var over all: double ()
              subtract: double (30, 256, 256)
                cast to double: double (30, 256, 256)
                  keep: int (30, 256, 256)
                    array source: int (30, 256, 256)
                broadcast: double (30, 256, 256)
                  divide: double ()
                    sum over all: double ()
                      cast to double: double (30, 256, 256) (as above)
                    1966080: double ()
        lowered: 5 tasks in 4 steps
          keep array source: 2 tasks
          fold sum over all ← cast to double ← array source: 1 task
          fold var over all ← subtract ← cast to double ← array source ← divide ← sum over all: 1 task
          fill sqrt ← var over all: 1 task
          keep array source: 7.5 MiB, saves 32 ms of reading it 2 times
        reads 7.5 MiB, makes a result of 8 B, holds 8.5 MiB at the peak of one worker

        """);
    }

    /// <summary>Six runs of frames are folded into a state each, and these are merged.</summary>
    [Fact]
    public void A_projection_of_a_movie() => Explains(
        ChunkedArray.FromSource<int>(ArraySource.OfZeros([100, 512, 512], [1, 512, 512]), chunks: [1, 512, 512]).Max(axis: 0).Explain(Options),
        """
        as written
          max over axis 0: int (512, 512)
            array source: int (100, 512, 512) in 100 chunks (1, 512, 512)
        optimized
          max over axis 0: int (512, 512)
            array source: int (100, 512, 512) in 100 chunks (1, 512, 512)
        lowered: 7 tasks in 2 steps
          fold max over axis 0 ← array source: 6 tasks
          merge max over axis 0: 1 task
        reads 100 MiB, makes a result of 1 MiB, holds 9 MiB at the peak of one worker

        """);

    /// <summary>States of many results cost something, so their tasks are 64, enough for some sixteen workers; those of one result cost nothing.</summary>
    [Fact]
    public void Few_elements_a_result_are_cut_into_few_runs()
    {
        ChunkedArray<int> movie = new ChunkedRandom(7).Integers(0, 255, [300, 2048, 2048], chunks: [1, 2048, 2048]);
        string projection = movie.Max(axis: 0).Explain(Options), sum = movie.Sum().Explain(Options);

        Assert.Contains("random integers 0..255, seed 7, stream 0: 64 tasks", projection, StringComparison.Ordinal);
        Assert.Contains("merge max over axis 0: 16 tasks", projection, StringComparison.Ordinal);
        Assert.Contains("random integers 0..255, seed 7, stream 0: 300 tasks", sum, StringComparison.Ordinal);
        Assert.Contains("merge sum over all: 1 task", sum, StringComparison.Ordinal);
    }

    /// <summary>It says which plan it is, and nothing of who asks: two texts of one plan begin alike.</summary>
    [Fact]
    public void A_plan_has_one_name_for_every_scheduler_and_every_chunking()
    {
        string[] Heads(Scheduler scheduler) => [.. new Chunks[] { [100, 100], [7, 500], [600, 13] }.Select(chunks =>
        {
            ChunkedArray<double> x = ChunkedArray.FromSource<int>(ArraySource.OfZeros([600, 500], [50, 500]), chunks).Cast<double>();
            return HeadOf(((x - x.Mean()) / x.Std(axis: 0)).Explain(Options with { Scheduler = scheduler }));
        })];

        using WorkerPool pool = WorkerPool.Processes(1);
        Scheduler[] schedulers = [Schedulers.Serial, Schedulers.Threads(1), Schedulers.Threads(13), Schedulers.Processes(pool)];
        string name = Assert.Single(schedulers.SelectMany(Heads).Distinct());
        Assert.Matches("^plan [0-9a-f]{16}$", name);

        ChunkedArray<double> other = ChunkedArray.FromSource<int>(ArraySource.OfZeros([600, 500], [60, 500])).Cast<double>(); // stored otherwise
        Assert.NotEqual(name, HeadOf(((other - other.Mean()) / other.Std(axis: 0)).Explain(Options)));
        var inc = Delayed.Function((int n) => n + 1, "inc");
        Assert.Equal(HeadOf(inc(inc(1)).Explain()), HeadOf(inc(inc(1)).Explain(new ComputeOptions { Scheduler = Schedulers.Serial })));
    }

    private static string HeadOf(string explanation) => explanation.ReplaceLineEndings("\n").Split('\n')[0];

    /// <param name="actual">With the name of the plan, which is another one whenever something is planned otherwise.</param>
    /// <param name="expected">All below it.</param>
    private static void Explains(string actual, string expected)
    {
        Assert.StartsWith("plan ", actual, StringComparison.Ordinal);
        Assert.Equal(expected.ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n")[(HeadOf(actual).Length + 1)..]);
    }
}
