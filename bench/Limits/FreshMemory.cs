using System.Runtime.InteropServices;

namespace Tessera.Bench;

/// <summary>Memory that the operating system has just given, none of it touched yet; aligned to a page at least.</summary>
internal sealed unsafe partial class FreshMemory : IDisposable
{
    private const int ReadWrite = 0x1 | 0x2, PrivateAnonymous = 0x02 | 0x20;
    private const int HugePages = 14, SmallPages = 15;
    private const int HugePage = 2 << 20;

    private readonly nint _mapping;
    private readonly nuint _bytes;

    /// <param name="bytes">How many.</param>
    /// <param name="isHuge">Whether pages of 2 MB are asked for, else of 4 KB. Outside Linux, the system chooses.</param>
    public FreshMemory(long bytes, bool isHuge)
    {
        if (!OperatingSystem.IsLinux())
        {
            Start = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 4096);
            return;
        }

        _bytes = (nuint)(bytes + HugePage);
        _mapping = Map(0, _bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (_mapping == -1)
            throw new InsufficientMemoryException($"There is no memory for {_bytes:N0} bytes.");
        Start = (byte*)((_mapping + HugePage - 1) & ~(HugePage - 1));
        Advise(_mapping, _bytes, isHuge ? HugePages : SmallPages);
    }

    public static bool HasHugePages
    {
        get
        {
            const string Setting = "/sys/kernel/mm/transparent_hugepage/enabled";
            return File.Exists(Setting) && !File.ReadAllText(Setting).Contains("[never]");
        }
    }

    public byte* Start { get; }

    public void Dispose()
    {
        if (_bytes > 0)
            Unmap(_mapping, _bytes);
        else
            NativeMemory.AlignedFree(Start);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
