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

    private static int _runs, _after;

    /// <summary>In a worker's initializer, after the kernels in question were compiled there.</summary>
    /// <param name="marks">Has <see cref="Mark"/> afterwards.</param>
    /// <param name="after">After so many runs of those kernels.</param>
    /// <param name="ofMerges">True for kernels that join states, false for all others.</param>
    public static void Set(Marks marks, int after, bool ofMerges)
    {
        _after = after;
        FieldInfo field = typeof(KernelCache).GetField("Kernels", BindingFlags.NonPublic | BindingFlags.Static)!;
        var kernels = (ConcurrentDictionary<KernelProgram, Lazy<Kernel>>)field.GetValue(null)!;
        foreach ((KernelProgram program, Lazy<Kernel> kernel) in kernels.ToArray())
        {
            if (IsMerge(program) == ofMerges)
                kernels[program] = new Lazy<Kernel>(new Deadly(kernel.Value, marks));
        }
    }

    /// <summary>The same, after a share of the runs that a computation takes: 0 for the first, 1 for the last.</summary>
    public static void SetAt(Marks marks, double share, bool ofMerges, Action compute)
    {
        compute(); // compiles the kernels
        Set(marks, int.MaxValue, ofMerges);
        compute();
        int all = _runs;
        (_runs, _after) = (0, Math.Clamp((int)Math.Ceiling(share * all), 1, all));
    }

    /// <summary>States of earlier and of later values, and two numbers beside them, become states.</summary>
    private static bool IsMerge(KernelProgram program) =>
        program.Inputs is [.., { IsScalar: true, Type: ElementType.Double }, { IsScalar: true, Type: ElementType.Double }]
        && program.Inputs.Length == (2 * program.Outputs.Length) + 2;

    private sealed class Deadly(Kernel kernel, Marks marks) : Kernel(kernel.Program)
    {
        public override void Run(ReadOnlySpan<nint> addresses, long count)
        {
            kernel.Run(addresses, count);
            if (Interlocked.Increment(ref _runs) >= _after && marks.Make(Mark))
                Process.GetCurrentProcess().Kill();
        }
    }
}
