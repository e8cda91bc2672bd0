using Tessera.Kernels;

namespace Tessera.Executors;

/// <summary>Joins states, and makes results of them.</summary>
/// <param name="reduction">Whose.</param>
/// <param name="make">Makes kernels when they are first needed.</param>
internal sealed class StateKernels(Reduction reduction, Func<KernelProgram, Kernel> make)
{
    private Kernel? _merge, _finish; // made once a worker at worst

    /// <summary>Joins the states of earlier values and those of later ones.</summary>
    /// <param name="into">Where the joined states go; may be those of the earlier values.</param>
    /// <param name="earlier">States.</param>
    /// <param name="earlierCount">The values that each holds.</param>
    /// <param name="later">States.</param>
    /// <param name="laterCount">The values that each holds.</param>
    public unsafe void Merge(FoldState into, FoldState earlier, long earlierCount, FoldState later, long laterCount)
    {
        double all = (double)earlierCount + laterCount;
        double share = all == 0 ? 0 : laterCount / all, spread = earlierCount * share;
        int components = reduction.State.Length;
        Span<nint> addresses = stackalloc nint[(3 * components) + 2];
        for (int i = 0; i < components; i++)
        {
            addresses[i] = earlier.Component(i);
            addresses[components + i] = later.Component(i);
            addresses[(2 * components) + 2 + i] = into.Component(i);
        }

        addresses[2 * components] = (nint)(&share);
        addresses[(2 * components) + 1] = (nint)(&spread);
        (_merge ??= make(MergeProgram())).Run(addresses, into.Elements);
    }

    /// <summary>Turns states into results, dense.</summary>
    public unsafe void Finish(FoldState state, long count, nint destination)
    {
        double finishing = reduction.FinishingCount(count);
        int components = reduction.State.Length;
        Span<nint> addresses = stackalloc nint[components + 2];
        for (int i = 0; i < components; i++)
            addresses[i] = state.Component(i);
        addresses[^2] = (nint)(&finishing);
        addresses[^1] = destination;
        (_finish ??= make(FinishProgram())).Run(addresses, state.Elements);
    }

    private KernelProgram MergeProgram()
    {
        var program = new KernelProgramBuilder();
        int[] a = StateOf(program), b = StateOf(program);
        int share = program.Input(ElementType.Double, isScalar: true), spread = program.Input(ElementType.Double, isScalar: true);
        reduction.Merge(program, a, b, share, spread);
        return program.Build();
    }

    private KernelProgram FinishProgram()
    {
        var program = new KernelProgramBuilder();
        int[] state = StateOf(program);
        int count = program.Input(ElementType.Double, isScalar: true);
        program.Output(reduction.Finish(program, state, count), KernelOutputKind.Store);
        return program.Build();
    }

    private int[] StateOf(KernelProgramBuilder program) =>
        [.. reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
}
