using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tessera.Tests.Pools;

public class WorkerDeathTests
{
    public static TheoryData<string, int> WaysAndRetries => new()
    {
        { "kill", 0 }, { "kill", 1 }, { "kill", 2 }, { "exit", 1 }, { "fail", 0 }, { "overflow", 0 },
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Overflow(int n) => n == int.MaxValue ? 0 : 1 + Overflow(n + 1 + n % 2);

    private static int Die(string way)
    {
        switch (way)
        {
            case "kill":
                Process.GetCurrentProcess().Kill();
                break;
            case "exit":
                Environment.Exit(3);
                break;
            case "fail":
                Environment.FailFast("This is the end.");
                break;
        }

        return Overflow(0);
    }

    /// <summary>Dies at input 5 so many times.</summary>
    private static int DieAtFive((Marks Marks, string Way, int Times, int Number) input)
    {
        if (input.Number == 5 && Enumerable.Range(1, input.Times).Any(time => input.Marks.Make($"death {time} of {Environment.ProcessId}"[..7])))
            Die(input.Way);
        return input.Number;
    }

    private static IEnumerable<(Marks, string, int, int)> Inputs(Marks marks, string way, int times) =>
        Enumerable.Range(0, 30).Select(n => (marks, way, times, n));

    [Theory, MemberData(nameof(WaysAndRetries))]
    public void An_input_under_which_workers_die_is_tried_again_so_often_and_then_told(string way, int retries)
    {
        using var marks = new Marks();
        using WorkerPool pool = WorkerPool.Processes(2);
        var options = new MapOptions { Retries = retries, ChunkSize = 4 };
        var failure = Assert.Throws<WorkerException>(() => pool.Map(DieAtFive, Inputs(marks, way, 9), options));
        Assert.Equal(5, failure.Index);
        var death = Assert.IsType<WorkerDiedException>(failure.InnerException);
        Assert.Equal(way switch { "kill" => 137, "exit" => 3, _ => 134 }, death.ExitCode);
        Assert.Contains($"exit code {death.ExitCode}", failure.Message);
        Assert.False(Marks.IsAlive(death.ProcessId));
        if (way is "fail" or "overflow")
            Assert.Contains(death.ErrorLines, line => line.Contains(way == "fail" ? "This is the end." : "Stack overflow", StringComparison.Ordinal));
        Assert.Equal(retries + 1, marks.Names.Length);
        Assert.Equal([2], pool.Map(n => n + 1, new[] { 1 }));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void An_input_that_is_done_at_last_has_its_result_as_the_others_have(int deaths)
    {
        foreach (int? chunkSize in new int?[] { null, 1, 4, 100 })
        {
            using var marks = new Marks();
            using WorkerPool pool = WorkerPool.Processes(2);
            var options = new MapOptions { Retries = deaths, ChunkSize = chunkSize };
            Assert.Equal(Enumerable.Range(0, 30), pool.Map(DieAtFive, Inputs(marks, "kill", deaths), options));
            Assert.Equal(deaths, marks.Names.Length);
        }
    }

    [Fact]
    public void A_lazy_map_survives_too_and_each_result_comes_once()
    {
        using var marks = new Marks();
        using WorkerPool pool = WorkerPool.Processes(2);
        Assert.Equal(Enumerable.Range(0, 30), pool.MapLazy(DieAtFive, Inputs(marks, "exit", 1)));
        using var others = new Marks();
        Assert.Equal(Enumerable.Range(0, 30), pool.MapUnordered(DieAtFive, Inputs(others, "exit", 1)).Order());
    }

    [Fact]
    public async Task Asynchronous_calls_of_a_process_that_died_are_made_again()
    {
        using var marks = new Marks();
        using WorkerPool pool = WorkerPool.Processes(2);
        int[] results = await pool.MapAsync(DieLaterAsync, Inputs(marks, "kill", 1), new MapOptions { Retries = 3 });
        Assert.Equal(Enumerable.Range(0, 30), results);

        static async Task<int> DieLaterAsync((Marks, string, int, int) input)
        {
            await Task.Delay(20);
            return DieAtFive(input);
        }
    }

    [Fact]
    public void An_idle_worker_that_is_killed_is_replaced()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        for (int round = 0; round < 3; round++)
        {
            int[] processes = [.. pool.Map(Hold, Enumerable.Range(0, 8), new MapOptions { ChunkSize = 1 }).Distinct()];
            foreach (int process in processes)
            {
                using var killed = Process.GetProcessById(process);
                killed.Kill();
            }

            if (round == 1)
                Thread.Sleep(200); // this time they are replaced while there is nothing to do
            Assert.Empty(processes.Intersect(pool.Map(Hold, Enumerable.Range(0, 8), new MapOptions { Retries = 0 })));
        }

        static int Hold(int n)
        {
            Thread.Sleep(5);
            return Environment.ProcessId;
        }
    }

    [Fact]
    public void A_worker_whose_streams_are_closed_by_a_function_goes_on()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        int[] processes = pool.Map(Close, Enumerable.Range(0, 5));
        Assert.Single(processes.Distinct());

        static int Close(int n)
        {
            Console.In.Close();
            Console.Out.Close();
            return Environment.ProcessId;
        }
    }
}
