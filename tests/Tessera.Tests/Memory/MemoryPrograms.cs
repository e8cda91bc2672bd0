using System.Runtime.CompilerServices;

namespace Tessera.Tests.Memory;

/// <summary>What a child program does with memory, and says of it.</summary>
internal static class MemoryPrograms
{
    private const long Mebi = 1 << 20;

    /// <summary>Elements of a persisted array of 400 MiB.</summary>
    private const long Length = 50 * Mebi;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static void Run()
    {
        ChunkedArray.Ones<double>([Length / 100]).Persist().Dispose(); // what the library itself needs
        long before = Resident;
        Console.WriteLine("small");
        using (PersistedArray<double> x = ChunkedArray.Ones<double>([Length]).Persist())
            Say(Resident - before > 300 * Mebi, "large");
        Say(IsSmallAgain(before), "small again");
        Say(Drop() - before > 300 * Mebi, "large");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Say(IsSmallAgain(before), "small again");
        Console.WriteLine("done");
    }

    private static long Resident => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize;

    /// <summary>An array that is forgotten instead of disposed of.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Drop()
    {
        PersistedArray<double> x = ChunkedArray.Ones<double>([Length]).Persist();
        long resident = Resident;
        GC.KeepAlive(x);
        return resident;
    }

    private static bool IsSmallAgain(long before)
    {
        long until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (Resident - before > 100 * Mebi && Environment.TickCount64 < until)
            Thread.Sleep(100);
        return Resident - before <= 100 * Mebi;
    }

    private static void Say(bool isSo, string what) => Console.WriteLine(isSo ? what : $"not {what}: {Resident / Mebi} MiB");
}
