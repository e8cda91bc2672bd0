using Tessera.Diagnostics;

namespace Tessera;

/// <summary>A worker process ended in the middle of its work: it was killed, ran out of memory or stack, or ended itself.</summary>
public sealed class WorkerDiedException : Exception
{
    private const int LinesInMessage = 3;

    internal WorkerDiedException(string message, int processId, int? exitCode, IReadOnlyList<string> errorLines)
        : base(message) => (ProcessId, ExitCode, ErrorLines) = (processId, exitCode, errorLines);

    /// <summary>Its number in the operating system.</summary>
    public int ProcessId { get; }

    /// <summary>What it ended with; on Unix, 128 and the signal's number where a signal ended it. Null where it isn't known.</summary>
    public int? ExitCode { get; }

    /// <summary>What it had last written to its error stream: the first few lines and the last.</summary>
    public IReadOnlyList<string> ErrorLines { get; }

    internal static WorkerDiedException Of(string when, int processId, int? exitCode, IReadOnlyList<string> errorLines)
    {
        string how = exitCode switch
        {
            null => "how is not known",
            > 128 and < 193 when !OperatingSystem.IsWindows() => $"exit code {exitCode}: {SignalName(exitCode.Value - 128)}",
            _ => $"exit code {exitCode}",
        };
        string more = errorLines.Count > LinesInMessage ? " …" : "";
        string lines = errorLines.Count == 0
            ? "It wrote no error."
            : $"It wrote: {Sentence.Of(string.Join(" | ", errorLines.Take(LinesInMessage).Select(line => line.Trim())) + more)}";
        return new WorkerDiedException($"The worker process {processId} ended {when} ({how}). {lines}", processId, exitCode, errorLines);
    }

    private static string SignalName(int signal) => signal switch
    {
        6 => "it aborted, as after a stack overflow or a fatal error",
        9 => "killed, by a user or for want of memory",
        11 => "a memory access that is not allowed",
        15 => "asked to end",
        _ => $"signal {signal}",
    };
}
