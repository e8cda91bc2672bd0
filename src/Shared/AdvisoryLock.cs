using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Files;

/// <summary>
/// The lock that .NET takes on every file that it opens on Linux and macOS, shared with other readers and writers. A program that is to go on writing
/// while we read can't have its own beside it; and whoever must be alone has to ask for more than a share.
/// </summary>
internal static partial class AdvisoryLock
{
    private const int Shared = 1, Exclusive = 2, AtOnce = 4, Unlock = 8; // LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN

    private static bool HasLocks => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    // EWOULDBLOCK: others have it. With other errors the file system has no locks.
    private static int Taken => OperatingSystem.IsMacOS() ? 35 : 11;

    // O_CLOEXEC, beside O_RDONLY, which is 0.
    private static int ClosedInChildren => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    public static void Release(SafeFileHandle handle)
    {
        if (HasLocks)
            _ = Native.Lock(handle, Unlock); // where locks aren't supported, there was none
    }

    /// <summary>Takes the whole lock, at once or not at all.</summary>
    /// <returns>False where another handle has a share or the whole, of this process or another.</returns>
    public static bool TryTake(SafeFileHandle handle) =>
        !HasLocks || Native.Lock(handle, Exclusive | AtOnce) == 0 || Marshal.GetLastPInvokeError() != Taken;

    /// <summary>Gives the whole lock back up to a share, with which no other handle gets the whole.</summary>
    public static void Share(SafeFileHandle handle)
    {
        if (HasLocks)
            _ = Native.Lock(handle, Shared | AtOnce);
    }

    /// <summary>A folder, to be locked; null where the system has no such locks, or doesn't let this user.</summary>
    public static SafeFileHandle? OpenFolder(string folder)
    {
        if (!HasLocks)
            return null;
        int opened = Native.Open(folder, ClosedInChildren);
        return opened < 0 ? null : new SafeFileHandle(opened, ownsHandle: true);
    }

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
        public static partial int Lock(SafeFileHandle handle, int operation);

        [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
        public static partial int Open(string path, int flags);
    }
}
