using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Tessera.Kernels;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Scheduling;

/// <summary>
/// Has a worker process end itself in the middle of a task: the kernels that it has compiled are exchanged for ones that do the same and then, when they have run so
/// often, kill the process. One process in all, the first to come so far.
/// </summary>
internal static class DeadlyKernels
{
    public const string Mark = "death";

    private static int _runs;

    /// <summary>In a worker's initializer, after the kernels in question were compiled there.</summary>
    /// <param name="marks">Has <see cref="Mark"/> afterwards.</param>
    /// <param name="after">After so many runs of those kernels.</param>
    /// <param name="ofMerges">True for kernels that join states, false for all others.</param>
    public static void Set(Marks marks, int after, bool ofMerges)
    {
        FieldInfo field = typeof(KernelCache).GetField("Kernels", BindingFlags.NonPublic | BindingFlags.Static)!;
        var kernels = (ConcurrentDictionary<KernelProgram, Lazy<Kernel>>)field.GetValue(null)!;
        foreach ((KernelProgram program, Lazy<Kernel> kernel) in kernels.ToArray())
        {
            if (IsMerge(program) == ofMerges)
                kernels[program] = new Lazy<Kernel>(new Deadly(kernel.Value, marks, after));
        }
    }

    /// <summary>States of earlier and of later values, and two numbers beside them, become states.</summary>
    private static bool IsMerge(KernelProgram program) =>
        program.Inputs is [.., { IsScalar: true, Type: ElementType.Double }, { IsScalar: true, Type: ElementType.Double }]
        && program.Inputs.Length == (2 * program.Outputs.Length) + 2;

    private sealed class Deadly(Kernel kernel, Marks marks, int after) : Kernel(kernel.Program)
    {
        public override void Run(ReadOnlySpan<nint> addresses, long count)
        {
            kernel.Run(addresses, count);
            if (Interlocked.Increment(ref _runs) >= after && marks.Make(Mark))
                Process.GetCurrentProcess().Kill();
        }
    }
}
