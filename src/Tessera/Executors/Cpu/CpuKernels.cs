using Tessera.Kernels;

namespace Tessera.Executors;

/// <summary>Makes kernels of programs: compiled ones for much work, interpreted ones for little.</summary>
internal static class CpuKernels
{
    private static readonly Func<KernelProgram, Kernel> Plain = static program => new PlainKernel(program);

    /// <param name="isCompiled">As recipes say.</param>
    public static Func<KernelProgram, Kernel> For(bool isCompiled) => isCompiled ? KernelCache.Compiled : Plain;
}
