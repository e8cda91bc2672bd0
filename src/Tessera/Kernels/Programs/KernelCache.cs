using System.Collections.Concurrent;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// The compiled kernels of this process, by program. A program that another thread is compiling is waited for, not compiled twice;
/// beyond <see cref="Capacity"/> programs the oldest are forgotten.
/// </summary>
internal static class KernelCache
{
    public const int Capacity = 512;

    private static readonly ConcurrentDictionary<KernelProgram, Lazy<Kernel>> Kernels = [];
    private static readonly ConcurrentQueue<KernelProgram> Ages = [];

    public static int Count => Kernels.Count;

    /// <summary>
    /// True in a process that has a compiler, which the program was built not to use for kernels. A program compiled to native code has none.
    /// </summary>
    public static bool IsHeldBack => !RuntimeFeature.IsDynamicCodeCompiled && JitInfo.GetCompiledMethodCount() > 0;

    /// <summary>The program compiled, or where this runtime can't compile, a plain kernel.</summary>
    public static Kernel Compiled(KernelProgram program)
    {
        if (!Kernels.TryGetValue(program, out Lazy<Kernel>? kernel))
        {
            var made = new Lazy<Kernel>(() => Make(program));
            kernel = Kernels.GetOrAdd(program, made);
            if (ReferenceEquals(kernel, made))
                Remember(program);
        }

        return kernel.Value;
    }

    private static Kernel Make(KernelProgram program) =>
        RuntimeFeature.IsDynamicCodeCompiled ? new CompiledKernel(program) : new PlainKernel(program);

    private static void Remember(KernelProgram program)
    {
        Ages.Enqueue(program);
        while (Ages.Count > Capacity && Ages.TryDequeue(out KernelProgram? oldest))
            Kernels.TryRemove(oldest, out _);
    }
}
