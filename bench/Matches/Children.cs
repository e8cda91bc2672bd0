using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tessera.Bench;

/// <summary>The processes that run contenders. They end with this one, also where it is interrupted in the middle of a run.</summary>
internal static class Children
{
    private static readonly HashSet<Process> Running = [];
    private static readonly List<PosixSignalRegistration> Signals = [];

    public static Process Start(ProcessStartInfo start)
    {
        lock (Running)
        {
            Process child = Process.Start(start)!;
            Running.Add(child);
            return child;
        }
    }

    /// <summary>Lets a child that waits for its next run end by itself.</summary>
    public static void Dismiss(Process child)
    {
        lock (Running)
            Running.Remove(child);
        child.StandardInput.Close();
        if (!child.WaitForExit(10_000))
            End(child);
        child.Dispose();
    }

    /// <summary>Ends a child that doesn't answer, and waits until its memory is given back.</summary>
    public static void End(Process child)
    {
        child.Kill(entireProcessTree: true);
        child.WaitForExit();
    }

    public static void EndWithThisProcess()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            Signals.Add(PosixSignalRegistration.Create(signal, EndAll));
    }

    private static void EndAll(PosixSignalContext context)
    {
        lock (Running)
        {
            foreach (Process child in Running)
                child.Kill(entireProcessTree: true);
        }

        const int Interrupted = 130;
        Environment.Exit(Interrupted);
    }
}
