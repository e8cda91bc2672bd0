using Tessera.Executors;
using Tessera.Kernels;
using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Tests.Executors;

/// <summary>What recipes of very many parts are asked for each task, and what of them is made.</summary>
public class ManyPartsTests
{
    private const int Parts = 1000;

    private static readonly Recipe Rows = new SourceRecipe(new FunctionSource<int>(_ => 0, [2, 3]));

    [Fact]
    public void A_task_asks_the_parts_that_it_touches_and_no_others()
    {
        Counted[] parts = [.. Enumerable.Range(0, Parts).Select(i => new Counted(bytes: i))];
        CpuConcatenate stack = Stack(parts);
        for (int task = 0; task < Parts; task++)
            Assert.Equal(task, stack.FillBytes(new Region([task * 2, 0], [2, 3]), [2, 3], isDense: true));
        Assert.All(parts, part => Assert.Equal(1, part.Asked));

        Assert.Equal(11, stack.FillBytes(new Region([19, 0], [4, 3]), [4, 3], isDense: true));
        Assert.Equal(Parts + 3, parts.Sum(part => part.Asked));
    }

    [Fact]
    public void A_reshaped_stack_is_asked_for_the_rows_that_a_task_touches()
    {
        Counted[] parts = [.. Enumerable.Range(0, Parts).Select(i => new Counted(bytes: i))];
        var flat = new CpuReshape(new ReshapeRecipe(Stacked(), [Parts * 6]), Stack(parts));
        for (int task = 0; task < Parts; task++)
            Assert.Equal(task, flat.FillBytes(new Region([task * 6], [6]), [6], isDense: true));
        Assert.All(parts, part => Assert.InRange(part.Asked, 1, 4)); // for each shape of a box
    }

    [Fact]
    public void Kernels_are_made_when_elements_are_asked_for_and_not_when_bytes_are()
    {
        int made = 0;
        var recipes = new CpuRecipes(_ => Make);
        var inputs = new FusedInputs([2, 3], [Rows], Negation());
        CpuRecipe negated = recipes.Of(new ElementwiseRecipe(inputs, isCompiled: false));
        FoldLoop sum = recipes.Of(new FoldRecipe(new SumReduction(ElementType.Int32), inputs, [true, true], isCompiled: false));
        negated.FillBytes(new Region([2, 3]), [2, 3], isDense: true);
        sum.ScratchBytes(new Region([2, 3]));
        Assert.Equal(0, made);

        var values = new int[6];
        using var blocks = new PoolBlocks(BlockPool.Shared, areTasksRepeated: false);
        using var context = new TaskContext(blocks, default);
        unsafe
        {
            fixed (int* address = values)
                negated.Fill(new Region([2, 3]), Tile.Dense((nint)address, [2, 3], ElementType.Int32), context);
        }

        Assert.Equal(1, made);

        Kernel Make(KernelProgram program)
        {
            made++;
            return new PlainKernel(program);
        }
    }

    /// <summary>Doubled forty times, each time from what was doubled before: as a tree it would have more parts than there is memory for.</summary>
    [Fact]
    public void What_is_shared_is_made_ready_once()
    {
        Recipe doubled = new ElementwiseRecipe(new FusedInputs([2, 3], [Rows], Negation()), isCompiled: false);
        long rows = 2;
        for (int turn = 0; turn < 40; turn++, rows *= 2)
            doubled = new ConcatenateRecipe([doubled, doubled], AxisGrid.Regular(rows * 2, rows), axis: 0, [rows * 2, 3]);
        var recipes = new CpuRecipes(CpuKernels.For);
        CpuRecipe made = recipes.Of(doubled);
        Assert.Equal(doubled.Shape, made.Shape);
        Assert.Same(made, recipes.Of(doubled));
    }

    [Fact]
    public void A_chain_may_be_as_long_as_it_likes()
    {
        Recipe last = Rows;
        for (int link = 0; link < 100_000; link++)
            last = new ElementwiseRecipe(new FusedInputs([2, 3], [last], Negation()), isCompiled: false);
        Assert.Equal([2, 3], new CpuRecipes(CpuKernels.For).Of(last).Shape);
    }

    private static KernelProgram Negation()
    {
        var program = new KernelProgramBuilder();
        int input = program.Input(ElementType.Int32, isScalar: false);
        program.Output(program.Node(KernelOp.Negate, ElementType.Int32, input), KernelOutputKind.Store);
        return program.Build();
    }

    private static ConcatenateRecipe Stacked() =>
        new([.. Enumerable.Repeat(Rows, Parts)], AxisGrid.Regular(Parts * 2, 2), axis: 0, [Parts * 2, 3]);

    private static CpuConcatenate Stack(CpuRecipe[] parts) => new(Stacked(), parts);

    /// <summary>Two rows that count how often they are asked for bytes.</summary>
    private sealed class Counted(long bytes) : CpuRecipe(Rows)
    {
        public int Asked { get; private set; }

        public override void Fill(Region region, Tile destination, TaskContext context)
        {
        }

        public override long ScratchBytes(Region within, Shape extent)
        {
            Asked++;
            return bytes;
        }
    }
}
