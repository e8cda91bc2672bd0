using System.Diagnostics;

namespace Tessera.Tests.Pools;

/// <summary>What a <see cref="ChildProgram"/> may do.</summary>
internal static class ChildPrograms
{
    private const int Tasks = 10_000;

    /// <summary>In one repetition; where a machine does much else, workers would be killed before they get on, and it wouldn't end.</summary>
    private const int MostKilled = 20;

    private static bool _isKnown;

    public static void Run(string name)
    {
        switch (name)
        {
            case "sleep":
                Sleep();
                break;
            case "end":
                EndInAllWays();
                break;
            case "write":
                Write();
                break;
            case "write to a broken console":
                WriteToBrokenConsole();
                break;
            case "flood":
                Flood();
                break;
            case "environment":
                TellEnvironment();
                break;
            case "memory":
                Memory.MemoryPrograms.Run();
                break;
            case "compiled" or "interpreted" or "interpreted, told" or "interpreted, little":
                Kernels.KernelPrograms.Run(name);
                break;
            case "surroundings":
                SurroundingsPrograms.ChangeFolderAndDefaults();
                break;
            case "german":
                SurroundingsPrograms.SpeakGerman();
                break;
            default:
                KillAtRandom(int.Parse(name));
                break;
        }
    }

    /// <summary>Says who its workers are, and waits to be killed.</summary>
    private static void Sleep()
    {
        WorkerPool pool = WorkerPool.Processes(2);
        Console.WriteLine($"workers {string.Join(' ', Ids(pool))}");
        pool.Map(Hang, new[] { 1 });
    }

    private static int Hang(int n)
    {
        Console.WriteLine("working");
        Thread.Sleep(Timeout.Infinite);
        return n;
    }

    private static int[] Ids(WorkerPool pool)
    {
        var ids = new HashSet<int>();
        while (ids.Count < pool.Workers)
            ids.UnionWith(pool.Map(Hold, Enumerable.Range(0, 2 * pool.Workers), new MapOptions { ChunkSize = 1 }));
        return [.. ids];
    }

    private static int Hold(int n)
    {
        Thread.Sleep(1);
        return Environment.ProcessId;
    }

    /// <summary>Pools that end by Dispose, by Terminate, by a time that ran out and by a worker's death.</summary>
    private static void EndInAllWays()
    {
        using (WorkerPool pool = WorkerPool.Processes(2))
            Console.WriteLine($"workers {string.Join(' ', Ids(pool))}");
        using (WorkerPool pool = WorkerPool.Processes(2))
        {
            Console.WriteLine($"workers {string.Join(' ', Ids(pool))}");
            pool.Terminate();
            pool.Join();
        }

        using (WorkerPool pool = WorkerPool.Processes(1))
        {
            Console.WriteLine($"workers {string.Join(' ', Ids(pool))}");
            Expect(() => pool.Map(Hang, new[] { 1 }, new MapOptions { Timeout = TimeSpan.FromMilliseconds(50) }));
            Expect(() => pool.Map(Crash, new[] { 1 }));
        }

        WorkerPool.Processes(2).Terminate(); // while they start, and the program ends at once
    }

    private static int Crash(int n)
    {
        Environment.FailFast("On purpose.");
        return n;
    }

    private static void Expect(Action map)
    {
        try
        {
            map();
        }
        catch (WorkerException)
        {
            return;
        }

        throw new InvalidOperationException("It should have failed.");
    }

    private static void Write()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        pool.Map(WriteLines, Enumerable.Range(0, 20), new MapOptions { ChunkSize = 1 });
    }

    private static int WriteLines(int n)
    {
        for (int line = 0; line < 10; line++)
        {
            Console.Write($"{n} ");
            Console.Write("says ");
            Console.WriteLine(line);
            Console.Error.WriteLine($"{n} errs {line}");
        }

        return n;
    }

    /// <summary>More than a pipe holds, to a console that takes nothing.</summary>
    private static void WriteToBrokenConsole()
    {
        using var console = new StreamWriter(Console.OpenStandardOutput());
        var broken = new StringWriter();
        broken.Dispose();
        Console.SetOut(broken);
        Console.SetError(broken);
        using (WorkerPool pool = WorkerPool.Processes(1))
        {
            pool.Map(WriteLines, Enumerable.Range(0, 2000));
            Expect(() => pool.Map(Crash, new[] { 1 }));
        }

        console.WriteLine("the end");
    }

    /// <summary>Twenty megabytes without the end of a line, on both streams of a worker.</summary>
    private static void Flood()
    {
        using var console = new StreamWriter(Console.OpenStandardOutput());
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        using WorkerPool pool = WorkerPool.Processes(1);
        pool.Apply(() =>
        {
            using Stream output = Console.OpenStandardOutput(), errors = Console.OpenStandardError();
            byte[] nothing = new byte[1 << 20];
            for (int i = 0; i < 20; i++)
            {
                output.Write(nothing);
                errors.Write(nothing);
            }
        });
        console.WriteLine(pool.Apply(() => "it goes on"));
    }

    /// <summary>What a worker, and so what it starts, sees of the variable that keeps the runtime from leaving its sockets behind.</summary>
    private static void TellEnvironment()
    {
        const string variable = "DOTNET_EnableDiagnostics";
        foreach (string? value in new[] { null, "0", "1" })
        {
            Environment.SetEnvironmentVariable(variable, value);
            using WorkerPool pool = WorkerPool.Processes(1);
            string[] tessera = pool.Apply(() => Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("TESSERA_WORKER", StringComparison.Ordinal)).ToArray());
            Console.WriteLine($"{value ?? "none"} became {pool.Apply(() => Environment.GetEnvironmentVariable(variable)) ?? "none"}, and {tessera.Length} of ours");
        }
    }

    /// <summary>Ten thousand tasks, again and again, while workers are killed at random.</summary>
    private static void KillAtRandom(int repetitions)
    {
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            using var workers = new Marks();
            using WorkerPool pool = WorkerPool.Processes(2);
            int killed = 0;
            IEnumerable<(Marks, int)> inputs = Enumerable.Range(0, Tasks).Select(n =>
            {
                if (n == Tasks / 2)
                    Marks.Await(() => Volatile.Read(ref killed) > 0, "a worker is killed before all is done");
                return (workers, n);
            });
            Task<(int, int)[]> map = pool.MapAsync(Square, inputs, new MapOptions { Retries = 20, ChunkSize = repetition % 2 == 0 ? null : 1 });
            for (var random = new Random(repetition); !map.IsCompleted && killed < MostKilled; Thread.Sleep(random.Next(50 + (10 * killed))))
                Interlocked.Add(ref killed, KillOne(workers, random) ? 1 : 0);
            (int, int)[] results = map.GetAwaiter().GetResult();
            if (!results.SequenceEqual(Enumerable.Range(0, Tasks).Select(n => (n, n * n))))
                throw new InvalidOperationException("The results are wrong.");
            pool.Dispose();
            Console.WriteLine($"killed {killed} of {string.Join(' ', workers.Names)}");
        }
    }

    /// <summary>What its process is called is known from its first task on.</summary>
    private static (int, int) Square((Marks Workers, int Number) input)
    {
        if (!_isKnown)
            _isKnown = input.Workers.Make($"{Environment.ProcessId}");
        Thread.SpinWait(1000);
        return (input.Number, input.Number * input.Number);
    }

    private static bool KillOne(Marks workers, Random random)
    {
        int[] living = [.. workers.Names.Select(int.Parse).Where(Marks.IsAlive)];
        if (living.Length == 0)
            return false;
        using var worker = Process.GetProcessById(living[random.Next(living.Length)]);
        worker.Kill();
        worker.WaitForExit();
        return true;
    }
}
