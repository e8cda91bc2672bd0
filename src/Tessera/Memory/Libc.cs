using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tessera.Memory;

/// <summary>What Linux does with memory.</summary>
internal static partial class Libc
{
    public const int ReadWrite = 0x1 | 0x2;
    public const int PrivateAnonymous = 0x02 | 0x20;
    public const int Shared = 0x01;
    public const int HugePages = 14;
    public const uint CloseOnExec = 1;
    public const int PunchHole = 0x02 | 0x01; // and keep the size

    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial nint MapFile(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    public static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fallocate")]
    public static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);
}
