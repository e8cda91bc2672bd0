using System.Runtime.InteropServices;
using Tessera.Executors;
using Tessera.Kernels;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Tests.PlainExecution;

/// <summary>States made one, and results made of them.</summary>
internal static class PlainResults
{
    public static unsafe byte[] Of(FoldRecipe fold, FoldCut cut, FoldState state)
    {
        var program = new KernelProgramBuilder();
        int[] components = [.. fold.Reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
        program.Output(fold.Reduction.Finish(program, components, program.Input(ElementType.Double, isScalar: true)), KernelOutputKind.Store);
        double count = fold.Reduction.FinishingCount(cut.Segments.Shape.Length);
        byte[] results = PlainRows.Pinned(new byte[state.Elements * fold.Reduction.ResultType.Size]);
        nint[] addresses =
            [.. Enumerable.Range(0, components.Length).Select(state.Component), (nint)(&count), Marshal.UnsafeAddrOfPinnedArrayElement(results, 0)];
        new PlainKernel(program.Build()).Run(addresses, state.Elements);
        return results;
    }

    /// <summary>Joins later states into earlier ones.</summary>
    public static unsafe void Join(Reduction reduction, FoldState earlier, long earlierCount, FoldState later, long laterCount)
    {
        var program = new KernelProgramBuilder();
        int[] a = State(), b = State();
        reduction.Merge(program, a, b, program.Input(ElementType.Double, isScalar: true), program.Input(ElementType.Double, isScalar: true));
        double all = (double)earlierCount + laterCount, share = all == 0 ? 0 : laterCount / all, spread = earlierCount * share;
        IEnumerable<nint> into = Enumerable.Range(0, a.Length).Select(earlier.Component), from = Enumerable.Range(0, b.Length).Select(later.Component);
        nint[] addresses = [.. into, .. from, (nint)(&share), (nint)(&spread), .. into];
        new PlainKernel(program.Build()).Run(addresses, earlier.Elements);

        int[] State() => [.. reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
    }
}
