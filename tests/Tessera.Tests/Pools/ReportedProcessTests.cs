using System.Globalization;
using System.Runtime.InteropServices;

namespace Tessera.Tests.Pools;

/// <summary>What functions do to their processes, after public reports of pools that hang or break: it is told, or harms nobody, and the pool goes on.</summary>
public class ReportedProcessTests
{
    private const int Terminate = 15;

    [DllImport("libc")]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    private static extern int close(int descriptor);

    private static void GoesOn(WorkerPool pool) => Assert.Equal(2, pool.Apply((int n) => n + 1, 1));

    [Fact]
    public void A_signal_to_end_is_told_as_the_death_of_the_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are of Unix.");
        using WorkerPool pool = WorkerPool.Processes(1);
        var failure = Assert.Throws<WorkerException>(() => pool.Apply(
            () =>
            {
                kill(Environment.ProcessId, Terminate);
                Thread.Sleep(Timeout.Infinite);
                return 1;
            },
            new MapOptions { Retries = 0 }));
        Assert.IsType<WorkerDiedException>(failure.InnerException);
        GoesOn(pool);
    }

    [Fact]
    public void A_function_that_closes_what_its_process_has_open_is_told_or_has_its_result()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Descriptors are of Unix.");
        using WorkerPool pool = WorkerPool.Processes(2);
        Exception? failure = Record.Exception(() => Assert.Equal(5, pool.Apply(
            () =>
            {
                for (int descriptor = 3; descriptor < 400; descriptor++)
                    close(descriptor);
                return 5;
            },
            new MapOptions { Retries = 0 })));
        if (failure is not null)
            Assert.IsType<WorkerDiedException>(Assert.IsType<WorkerException>(failure).InnerException);
        GoesOn(pool);
    }

    [Fact]
    public void The_input_of_a_hundred_that_ends_its_process_is_told_by_its_index()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        var failure = Assert.Throws<WorkerException>(() => pool.Map(
            n =>
            {
                if (n == 50)
                    Environment.Exit(3);
                return n;
            },
            Enumerable.Range(0, 100),
            new MapOptions { Retries = 0 }));
        Assert.Equal((50, 3), (failure.Index, Assert.IsType<WorkerDiedException>(failure.InnerException).ExitCode));
        GoesOn(pool);
    }

    [Fact]
    public void A_flood_of_what_functions_write_holds_up_nothing()
    {
        using var program = new ChildProgram("flood");
        program.End();
        Assert.Equal(["it goes on"], program.Output);
    }

    [Fact]
    public void A_culture_that_a_function_sets_stays_in_its_process()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        Assert.Equal("1,5", pool.Apply(() =>
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone(); // every system has it
            commas.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = commas;
            return $"{1.5}";
        }));
        Assert.Equal($"{1.5}", pool.Apply(() => $"{1.5}"));
    }

    [Fact]
    public void Pools_may_be_used_within_each_other()
    {
        using WorkerPool processes = WorkerPool.Processes(2), threads = WorkerPool.Threads(2);
        Assert.Equal([10, 20], processes.Map(
            n =>
            {
                using WorkerPool own = WorkerPool.Processes(1);
                return own.Map(k => k * 10, [n]).Single();
            },
            new[] { 1, 2 }));
        Assert.Equal([2, 3, 4], threads.Map(n => processes.Map(k => k + 1, [n]).Single(), new[] { 1, 2, 3 }));
    }
}
