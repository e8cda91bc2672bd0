using System.Runtime.InteropServices;

namespace Tessera.Files;

/// <summary>How many files the system lets a process have open, and how many of those the stacks take.</summary>
internal static partial class OpenFileLimit
{
    private const long MostTaken = 512, LeastTaken = 8;

    /// <summary>Half of what the process may have open, because it opens other files too, and never over 512; more open files make nothing faster.</summary>
    public static int ShareOf(long? limit) => (int)Math.Clamp((limit ?? long.MaxValue) / 2, LeastTaken, MostTaken);

    /// <summary>The limit of this process; null on systems without one.</summary>
    public static long? OfProcess()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return null;
        int files = OperatingSystem.IsLinux() ? 7 : 8; // RLIMIT_NOFILE
        return Native.GetLimit(files, out Limits limits) == 0 ? (long)Math.Min(limits.Soft, long.MaxValue) : null;
    }

    /// <summary>The system's struct rlimit: what applies now, and what a process may raise it to.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limits
    {
        public readonly nuint Soft;
        public readonly nuint Hard;
    }

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "getrlimit")]
        public static partial int GetLimit(int resource, out Limits limits);
    }
}
