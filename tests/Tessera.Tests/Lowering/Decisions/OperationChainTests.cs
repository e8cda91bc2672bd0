using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Lowering.Decisions;
using Tessera.Optimization;
using Tessera.Recipes;

namespace Tessera.Tests.Lowering.Decisions;

/// <summary>Counts looks at operations while it is decided what is kept of a chain.</summary>
public sealed class OperationChainTests
{
    [Fact]
    public void A_chain_whose_levels_are_all_used_is_decided_upon_in_looks_in_proportion_to_its_length()
    {
        Assert.InRange(LooksFor(4000), LooksFor(2000), LooksFor(2000) * 5 / 2);
        Assert.InRange(LooksFor(4000), 4000, 4000 * 200);

        static int LooksFor(int length)
        {
            int looks = 0;
            ArrayExpression x = (ChunkedArray.Ones<double>([100, 100]) + 1).Expression;
            var levels = new List<Wanted>();
            for (int i = 0; i < length; i++)
                levels.Add(new Wanted(x = new Operation(x, () => looks++), chunks: null));
            Assert.True(Choices.For(levels, Saving.None).KeepSomething);
            return looks;
        }
    }

    /// <summary>What is kept is one and the same only if it is kept for the same boxes: a plan doesn't depend on those that were made before.</summary>
    [Fact]
    public void What_is_kept_for_other_boxes_is_another()
    {
        var optimizer = Optimizer.For(optimize: true);
        ArrayExpression x = (ChunkedArray.Ones<double>([100]) + 1).Expression;
        Hold Of(long size, int pass) => (Hold)optimizer.Optimize(new Hold(x, [new Region([0], [size])], pass));
        Assert.Same(Of(10, 1), Of(10, 1));
        Assert.Equal(20, Of(20, 1).Asked[0].Length);
        Assert.NotSame(Of(10, 1), Of(10, 2));
    }

    private sealed class Operation(ArrayExpression input, Action look) : ArrayExpression(input.ElementType, input.Chunks, input)
    {
        public override bool IsFused => true;

        public override bool MayBeKept => true;

        public override int ParametersHash => 0;

        public override double CostOf(Func<ArrayExpression, double> input)
        {
            look();
            return 5 + input(Inputs[0]);
        }

        public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) => input(Inputs[0]);

        public override string Describe() => "operation";

        public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Operation(inputs[0], look);

        public override bool HasSameParameters(ArrayExpression other) => other is Operation;
    }
}
