using System.Runtime.InteropServices;
using Tessera.Executors;
using Tessera.Kernels;
using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Tests.Executors;

public sealed class ColumnFoldTests
{
    private const int Columns = 101, MostRows = 20;

    public static TheoryData<string> Reductions => [.. All.Keys];

    private static Dictionary<string, Reduction> All => new()
    {
        ["sum"] = new SumReduction(ElementType.Double),
        ["integer sum"] = new SumReduction(ElementType.Int64),
        ["product"] = new ProductReduction(ElementType.Double),
        ["variance"] = new VarianceReduction(0),
        ["maximum"] = new ExtremeReduction(ElementType.Double, IsMaximum: true),
        ["index of the minimum"] = new ExtremeIndexReduction(ElementType.Double, IsMaximum: false),
    };

    [Theory]
    [MemberData(nameof(Reductions))]
    public void Rows_that_enter_the_states_together_leave_what_they_leave_one_by_one(string name)
    {
        Reduction reduction = All[name];
        for (int rows = 1; rows <= MostRows; rows++)
        {
            foreach (Func<KernelProgram, Kernel> make in (Func<KernelProgram, Kernel>[])[program => new PlainKernel(program), KernelCache.Compiled])
            {
                byte[] together = Folded(reduction, make, rows, atOnce: rows);
                Assert.Equal(Folded(reduction, program => new PlainKernel(program), rows, atOnce: 1), together);
            }
        }
    }

    [Fact]
    public void A_row_changes_the_states()
    {
        var sum = new SumReduction(ElementType.Double);
        Assert.NotEqual(Folded(sum, KernelCache.Compiled, rows: 7, atOnce: 7), Folded(sum, KernelCache.Compiled, rows: 8, atOnce: 8));
    }

    /// <summary>The bytes of the states after so many rows of noise, given so many at a time.</summary>
    private static byte[] Folded(Reduction reduction, Func<KernelProgram, Kernel> make, int rows, int atOnce)
    {
        var random = new Random(1);
        double[] elements = [.. Enumerable.Range(0, MostRows * Columns).Select(_ => Math.Round(random.NextDouble(), 2) - 0.3)];
        MemorySource source = PinnedMemory.Of(elements, ElementType.Double, [MostRows, Columns]);
        var program = new KernelProgramBuilder();
        program.Output(program.Input(ElementType.Double, isScalar: false), KernelOutputKind.Store);
        var inputs = new FusedInputs(source.Shape, [new MemoryRecipe(source)], program.Build());
        var fold = new ColumnFold(reduction, inputs, make);

        byte[] bytes = GC.AllocateArray<byte>((int)StateLayout.Bytes(reduction, Columns), pinned: true);
        var state = new FoldState(Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0), reduction, Columns);
        state.Clear();
        nint[] components = [.. Enumerable.Range(0, reduction.State.Length).Select(state.Component)];
        for (int row = 0; row < rows; row += atOnce)
        {
            nint first = source.Address + (row * Columns * sizeof(double));
            fold.Fold([first, .. components, row], [Columns * sizeof(double), .. components.Select(_ => 0L), 1], atOnce, Columns, row);
        }

        GC.KeepAlive(source);
        return bytes;
    }
}

