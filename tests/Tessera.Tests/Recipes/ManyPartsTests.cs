using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Tests.Recipes;

/// <summary>What recipes of very many parts are asked for each task.</summary>
public class ManyPartsTests
{
    private const int Parts = 1000;

    [Fact]
    public void A_task_asks_the_parts_that_it_touches_and_no_others()
    {
        Counted[] parts = [.. Enumerable.Range(0, Parts).Select(i => new Counted(bytes: i))];
        var stack = new ConcatenateRecipe([.. parts], AxisGrid.Regular(Parts * 2, 2), axis: 0, [Parts * 2, 3]);
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
        var stack = new ConcatenateRecipe([.. parts], AxisGrid.Regular(Parts * 2, 2), axis: 0, [Parts * 2, 3]);
        var flat = new ReshapeRecipe(stack, [Parts * 6]);
        for (int task = 0; task < Parts; task++)
            Assert.Equal(task, flat.FillBytes(new Region([task * 6], [6]), [6], isDense: true));
        Assert.All(parts, part => Assert.InRange(part.Asked, 1, 4)); // for each shape of a box
    }

    [Fact]
    public void Kernels_are_made_when_elements_are_asked_for_and_not_when_bytes_are()
    {
        int made = 0;
        var program = new KernelProgramBuilder();
        int input = program.Input(ElementType.Int32, isScalar: false);
        program.Output(program.Node(KernelOp.Negate, ElementType.Int32, input), KernelOutputKind.Store);
        var inputs = new FusedInputs([2, 3], [new Counted(bytes: 0)], program.Build());
        var negated = new ElementwiseRecipe(inputs, Make);
        var sum = new FoldRecipe(new SumReduction(ElementType.Int32), inputs, [true, true], Make);
        negated.FillBytes(new Region([2, 3]), [2, 3], isDense: true);
        sum.ScratchBytes(new Region([2, 3]));
        Assert.Equal(0, made);

        var values = new int[6];
        using var context = new TaskContext(default);
        unsafe
        {
            fixed (int* address = values)
                negated.Fill(new Region([2, 3]), Tile.Dense((nint)address, [2, 3], ElementType.Int32), context);
        }

        Assert.Equal(1, made);

        Kernel Make(KernelProgram made1)
        {
            made++;
            return new PlainKernel(made1);
        }
    }

    /// <summary>Two rows of zeros that count how often they are asked for bytes.</summary>
    private sealed class Counted(long bytes) : Recipe(ElementType.Int32, [2, 3])
    {
        public int Asked { get; private set; }

        public override Alignment Alignment => Alignment.None(2);

        public override void Fill(Region region, Tile destination, TaskContext context)
        {
        }

        public override void Visit(Region region, IRecipeVisitor visitor)
        {
        }

        public override long ScratchBytes(Region within, Shape extent)
        {
            Asked++;
            return bytes;
        }
    }
}
