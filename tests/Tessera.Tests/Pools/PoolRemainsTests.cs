using System.Diagnostics;
using Tessera.Tests.Memory;

namespace Tessera.Tests.Pools;

/// <summary>What is left of pools in their program: no process, no open file, no thread.</summary>
[Collection(nameof(Alone))]
public class PoolRemainsTests
{
    /// <summary>As many as a program with a pool a request would make; with TESSERA_HUGE, a hundred.</summary>
    [Fact]
    public void Pools_that_were_leave_nothing_behind()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Looks into /proc.");
        int pools = Environment.GetEnvironmentVariable("TESSERA_HUGE") is null ? 12 : 100;
        for (int i = 0; i < 4; i++)
            Use(i); // what the runtime opens once
        (int before, int threads) = Own();
        for (int i = 0; i < pools; i++)
            Use(i);
        Marks.Await(() => !ChildrenAre("Z"), "no child is left unburied");

        Marks.Await(
            () => Own() is var (after, threadsAfter) && after < before + (pools / 2) && threadsAfter < threads + (pools / 2), // the runtime's own threads come and go
            "files and threads of the pools are gone");

        static (int Descriptors, int Threads) Own()
        {
            using var self = Process.GetCurrentProcess();
            return (Directory.GetFiles("/proc/self/fd").Length, self.Threads.Count);
        }

        static void Use(int i)
        {
            using WorkerPool pool = WorkerPool.Processes(1, i % 4 == 1 ? new PoolOptions { Initializer = () => throw new InvalidDataException("x") } : null);
            switch (i % 4)
            {
                case 0:
                    Assert.Equal([2, 3], pool.Map(n => n + 1, [1, 2]));
                    break;
                case 1:
                    Assert.Throws<WorkerException>(() => pool.Apply(() => 1));
                    break;
                case 2:
                    Assert.Throws<WorkerException>(() => pool.Apply(() => { Environment.Exit(1); }));
                    break;
                default:
                    pool.Terminate();
                    break;
            }
        }
    }

    private static bool ChildrenAre(string state) => Directory.GetDirectories("/proc").Any(folder =>
    {
        try
        {
            string all = File.ReadAllText(Path.Combine(folder, "stat"));
            string[] parts = all[(all.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(parts[1]) == Environment.ProcessId && parts[0] == state;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
