using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Files;

/// <summary>
/// The lock that .NET takes on every file that it opens on Linux and macOS. A program that is to go on writing while we read can't have its own beside it.
/// </summary>
internal static partial class AdvisoryLock
{
    private const int Unlock = 8; // LOCK_UN

    public static void Release(SafeFileHandle handle)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            _ = Native.Lock(handle, Unlock); // where locks aren't supported, there was none
    }

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "flock")]
        public static partial int Lock(SafeFileHandle handle, int operation);
    }
}
