using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tessera.Bench;

/// <summary>A program from its start to its end, which computes something small.</summary>
internal static partial class ColdStart
{
    private const string What = "a program that adds up 1,000 elements, from its start to its end";

    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("cold-start", $"{What}: time on the wall", _ => () => StartOnce(countsProcessor: false), "dask"),
        new("cold-start-cpu", $"{What}: time of processors", _ => () => StartOnce(countsProcessor: true), "dask"),
    ];

    /// <summary>What the program does that is measured.</summary>
    public static int FirstResult()
    {
        var elements = new double[1000];
        Array.Fill(elements, 0.5);
        ChunkedArray<double> x = ChunkedArray.From(elements);
        Console.WriteLine(((x * 2) + 1).Sum().Compute());
        return 0;
    }

    private static Measured StartOnce(bool countsProcessor)
    {
        TimeSpan before = ChildrenTime(out _);
        var clock = Stopwatch.StartNew();
        using Process program = Process.Start(Starter.ThisProgram(["--cold"]))!;
        string answer = program.StandardOutput.ReadToEnd().Trim();
        program.WaitForExit();
        TimeSpan wall = clock.Elapsed, processor = OperatingSystem.IsWindows() ? program.TotalProcessorTime : ChildrenTime(out _) - before;
        ChildrenTime(out double peak);
        return new Measured((countsProcessor ? processor : wall).TotalSeconds, answer, OperatingSystem.IsWindows() ? null : peak);
    }

    /// <summary>Processor time, of user and system, of all children that have ended, and the most megabytes that one of them held.</summary>
    private static unsafe TimeSpan ChildrenTime(out double peakMegabytes)
    {
        const int Children = -1;
        peakMegabytes = 0;
        if (OperatingSystem.IsWindows())
            return default;

        long* usage = stackalloc long[32]; // seconds and microseconds of user, of system, then the peak in KiB, and more
        GetUsage(Children, usage);
        peakMegabytes = usage[4] * 1024 / 1e6;
        return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
