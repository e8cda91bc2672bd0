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
        const int bytes = 256 << 20;
        long before = ResidentBytes();
        using (Block block = pool.Rent(bytes))
            block.AsSpan().Fill(1);

        Assert.True(ResidentBytes() - before > bytes / 2);
        pool.Trim(0);
        Assert.True(ResidentBytes() - before < bytes / 2);
    }

    private static long ResidentBytes() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize;
}
