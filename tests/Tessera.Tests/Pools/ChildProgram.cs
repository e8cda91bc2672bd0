using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tessera.Tests.Pools;

/// <summary>
/// This test program started once more, to do one of <see cref="ChildPrograms"/> instead of the tests: with a temporary folder of its own, so that what
/// is left there can be seen, and with an output that can be read.
/// </summary>
internal sealed class ChildProgram : IDisposable
{
    private const string Variable = "TESSERA_TEST_PROGRAM";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("pool-child-");
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly Process _process;

    public ChildProgram(string name, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProgram).Assembly.Location);
        start.Environment[Variable] = name;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ChildProgram).Assembly.Location;
        start.Environment["TMPDIR"] = _temporary.FullName;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // for its own sockets; its workers have to see to it themselves
        foreach ((string variable, string value) in environment)
            start.Environment[variable] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string[] Output => [.. _output];

    public string[] Errors => [.. _errors];

    /// <summary>How many processes it has begun that live.</summary>
    public int Children => Directory.GetDirectories("/proc").Count(IsChild);

    /// <summary>What is in the temporary folder.</summary>
    public string[] Left => [.. _temporary.GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public string Temporary => _temporary.FullName;

    /// <summary>In the program: before Main, which would run the tests.</summary>
    public static void BeginIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } name)
            return; // a worker of such a program
        Environment.SetEnvironmentVariable(Variable, null);
        Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", null);
        ChildPrograms.Run(name);
        Environment.Exit(0);
    }

    public string AwaitLine(string beginning)
    {
        string? line = null;
        Marks.Await(() => (line = Output.FirstOrDefault(other => other.StartsWith(beginning, StringComparison.Ordinal))) is not null, $"{beginning}; {string.Join('\n', Errors)}");
        return line!;
    }

    /// <summary>Waits for its end.</summary>
    public void End()
    {
        Assert.True(_process.WaitForExit(Patience), "The program did not end.");
        _process.WaitForExit(); // for all of its output
        Assert.True(_process.ExitCode == 0, $"Exit code {_process.ExitCode}: {string.Join('\n', Errors)}");
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _temporary.Delete(recursive: true);
    }

    /// <summary>The parent is the second word after the name, which stands in parentheses.</summary>
    private bool IsChild(string folder)
    {
        try
        {
            string state = File.ReadAllText(Path.Combine(folder, "stat"));
            return state[(state.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{_process.Id}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // not a process, or no longer
        }
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
