using System.Diagnostics;

namespace Tessera.Memory;

/// <summary>The memory of the machine, and this process's part of it.</summary>
internal static class MachineMemory
{
    /// <summary>The physical memory that this process may use, in bytes: the machine's, or its container's limit.</summary>
    public static long TotalBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The most physical memory that this process ever had, in bytes; 0 if the operating system doesn't say.</summary>
    public static long PeakResidentBytes
    {
        get
        {
            using Process self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64;
        }
    }
}
