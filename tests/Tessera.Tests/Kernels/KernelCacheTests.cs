using Tessera.Kernels;
using Tessera.Tests.Memory;

namespace Tessera.Tests.Kernels;

[Collection(nameof(Alone))] // it counts the kernels of the process
public class KernelCacheTests
{
    [Fact]
    public void Equal_programs_share_one_kernel_even_when_asked_for_at_once()
    {
        var kernels = new Kernel[8];
        Parallel.For(0, kernels.Length, i => kernels[i] = KernelCache.Compiled(AddConstants(3)));
        Assert.All(kernels, kernel => Assert.Same(kernels[0], kernel));
        Assert.NotSame(kernels[0], KernelCache.Compiled(AddConstants(4)));
    }

    [Fact]
    public void Beyond_the_capacity_the_oldest_kernels_are_forgotten()
    {
        Kernel first = KernelCache.Compiled(Signs(0));
        for (int signs = 1; signs <= KernelCache.Capacity; signs++)
            KernelCache.Compiled(Signs(signs));
        Assert.InRange(KernelCache.Count, 1, KernelCache.Capacity);
        Assert.NotSame(first, KernelCache.Compiled(Signs(0)));
    }

    /// <summary>One of 1024 programs: a sum of ten terms, each with the sign that a bit says.</summary>
    private static KernelProgram Signs(int bits)
    {
        var builder = new KernelProgramBuilder();
        int sum = builder.Input(ElementType.Int16, isScalar: false);
        for (int i = 0; i < 10; i++)
            sum = builder.Node((bits >> i) % 2 == 0 ? KernelOp.Add : KernelOp.Subtract, ElementType.Int16, sum, 0);
        builder.Output(sum, KernelOutputKind.Store);
        return builder.Build();
    }

    private static KernelProgram AddConstants(int inputs)
    {
        var builder = new KernelProgramBuilder();
        int sum = builder.Input(ElementType.Int32, isScalar: false);
        for (int i = 1; i < inputs; i++)
            sum = builder.Node(KernelOp.Add, ElementType.Int32, sum, builder.Input(ElementType.Int32, isScalar: true));
        builder.Output(sum, KernelOutputKind.Store);
        return builder.Build();
    }
}
