using System.Diagnostics;
using Tessera.Tests.Frame;

namespace Tessera.Tests.Pools;

/// <summary>A program that is one C# file, which the platform sets up for compilation to native code, has worker processes as any other has.</summary>
public sealed class FileProgramTests : IDisposable
{
    private const string Program = """
        using System.Linq;
        using Tessera;

        int factor = 10;
        string[] arguments = args;
        Console.WriteLine($"main {string.Join(' ', args)}");
        using (WorkerPool pool = WorkerPool.Processes(2))
        {
            int Times(int n)
            {
                Console.WriteLine($"task {n}");
                return factor * n + arguments.Length;
            }

            Console.WriteLine(string.Join(' ', pool.Map(Times, Enumerable.Range(0, 5))));
            Console.WriteLine(string.Join(' ', pool.Map(n => new Pair(n, Pair.Made++), new[] { 7 }).Select(pair => pair.First)));
            Console.WriteLine(pool.Map(n => Environment.ProcessId, new[] { 0 })[0] == Environment.ProcessId);
        }

        Console.WriteLine("end");

        record Pair(int First, int Second)
        {
            public static int Made;
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pool-program-");

    [Fact]
    public void It_maps_in_processes_that_do_not_run_its_main()
    {
        string file = Path.Combine(_folder.FullName, "program.cs");
        File.WriteAllText(file, $"#:project {Path.Combine(Repository.Root, "src", "Tessera", "Tessera.csproj")}\n{Program}");
        (int exitCode, string[] output, string errors) = Run("run", "-c", "Release", file, "--", "a", "b");
        Assert.True(exitCode == 0, $"{string.Join('\n', output)}\n{errors}");
        string[] tasks = [.. Enumerable.Range(0, 5).Select(n => $"task {n}")];
        Assert.Equal(tasks, output.Where(line => line.StartsWith("task", StringComparison.Ordinal)).Order());
        Assert.Equal(["main a b", "2 12 22 32 42", "7", "False", "end"], output.Except(tasks));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (int ExitCode, string[] Output, string Errors) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries), errors.Result);
    }
}
