using System.Runtime.InteropServices;

namespace Tessera.Memory;

/// <summary>
/// Memory from the operating system and back to it. On Linux, blocks of 64 KiB and more are mappings of their own, so that a freed one
/// leaves the process at once instead of staying in the C heap. From 4 MiB on they begin at a multiple of 2 MiB and ask for huge pages: the
/// first touch of fresh memory is then several times faster.
/// </summary>
internal sealed class NativePages : IPages
{
    private const int Alignment = 64;
    private const long SmallestMapping = 64L << 10;
    private const long SmallestHuge = 4L << 20;
    private const long HugePage = 2L << 20;

    private NativePages()
    {
    }

    public static NativePages Instance { get; } = new();

    public nint Take(long bytes)
    {
        if (!IsMapped(bytes))
            return TakeFromHeap(bytes);
        return bytes < SmallestHuge ? Map(bytes) : MapHuge(bytes);
    }

    public unsafe void Give(nint address, long bytes)
    {
        if (IsMapped(bytes))
            Unmap(address, bytes);
        else
            NativeMemory.AlignedFree((void*)address);
    }

    private static bool IsMapped(long bytes) => OperatingSystem.IsLinux() && bytes >= SmallestMapping;

    private static unsafe nint TakeFromHeap(long bytes)
    {
        try
        {
            return (nint)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        }
        catch (OutOfMemoryException)
        {
            return 0;
        }
    }

    // Maps one huge page more than needed, then cuts off what lies before the first multiple of 2 MiB and behind the end.
    private static nint MapHuge(long bytes)
    {
        nint start = Map(bytes + HugePage);
        if (start == 0)
            return 0;

        nint address = (nint)((start + HugePage - 1) & ~(HugePage - 1));
        Unmap(start, address - start);
        Unmap((nint)(address + bytes), start + HugePage - address);
        Libc.Advise(address, (nuint)bytes, Libc.HugePages); // a kernel without huge pages refuses; the memory is as good without
        return address;
    }

    private static nint Map(long bytes)
    {
        nint address = Libc.Map(0, (nuint)bytes, Libc.ReadWrite, Libc.PrivateAnonymous, -1, 0);
        return address == -1 ? 0 : address;
    }

    private static void Unmap(nint address, long bytes)
    {
        if (bytes > 0)
            Libc.Unmap(address, (nuint)bytes);
    }
}
