using System.Globalization;
using Tessera.Memory;

namespace Tessera.Tests.Memory;

[Collection(nameof(Alone))]
public class MachineMemoryTests
{
    [Fact]
    public void The_machine_has_memory_and_this_process_has_used_some_of_it()
    {
        Assert.InRange(MachineMemory.TotalBytes, 1L << 28, 1L << 50);
        if (!OperatingSystem.IsMacOS())
            Assert.InRange(MachineMemory.PeakResidentBytes, 1L << 20, MachineMemory.TotalBytes);
    }

    [Fact]
    public void Trimmed_memory_leaves_the_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is known to leave the process on Linux only.");
        var pool = new BlockPool(long.MaxValue);
        nint address;
        using (Block block = pool.Rent(64 << 20))
        {
            block.AsSpan().Fill(1);
            address = block.Address;
        }

        Assert.True(IsMapped(address));
        pool.Trim(0);
        Assert.False(IsMapped(address));
    }

    // Nobody else maps memory meanwhile that could come to lie there: no other test runs, and the runtime's heap has an area of its own.
    private static bool IsMapped(nint address) => File.ReadLines("/proc/self/maps").Any(line =>
    {
        string[] range = line.Split(' ')[0].Split('-');
        return long.Parse(range[0], NumberStyles.HexNumber) <= address && address < long.Parse(range[1], NumberStyles.HexNumber);
    });
}
