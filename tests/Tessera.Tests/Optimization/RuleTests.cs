using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Optimization;

namespace Tessera.Tests.Optimization;

/// <summary>What each rule makes of the expressions that it is for, and which it leaves alone.</summary>
public class RuleTests
{
    private static readonly ArrayExpression X = ChunkedArray.FromFunction(index => (double)index[0], [4, 6], chunks: [2, 3]).Expression;
    private static readonly ArrayExpression Y = ChunkedArray.FromFunction(index => (double)index[1], [4, 6]).Expression;

    [Fact]
    public void DropRechunk_leaves_the_input() => Assert.Same(X, new DropRechunk().Rewrite(new Rechunk(X, ChunkGrid.Single(X.Shape))));

    [Fact]
    public void DropIdentity_drops_what_changes_nothing()
    {
        var rule = new DropIdentity();
        Assert.Same(X, rule.Rewrite(View.Slice(X, [Slice.All, Slice.Ellipsis])));
        Assert.Same(X, rule.Rewrite(View.Transpose(X, [0, 1])));
        Assert.Same(X, rule.Rewrite(new Reshape(X, X.Chunks)));
        Assert.Same(X, rule.Rewrite(Elementwise.Of(KernelOp.Cast, ElementType.Double, X)));
        Assert.Same(X, rule.Rewrite(Concatenate.Of([X], 0)));
        Assert.Null(rule.Rewrite(View.Slice(X, [Slice.Reverse])));
        Assert.Null(rule.Rewrite(View.Transpose(View.Slice(X, [Slice.All, Range.EndAt(4)]), [1, 0])));
        Assert.Null(rule.Rewrite(Elementwise.Of(KernelOp.Cast, ElementType.Single, X)));
    }

    [Fact]
    public void MergeViews_makes_one_view_of_two()
    {
        var rule = new MergeViews();
        View merged = Assert.IsType<View>(rule.Rewrite(View.Slice(View.Transpose(X, [1, 0]), [Slice.Every(2), 1])));
        Assert.Same(X, merged.Input);
        Assert.Equal("[1, 2i]", merged.Map.ToString());
        Reshape reshaped = Assert.IsType<Reshape>(rule.Rewrite(new Reshape(new Reshape(X, ChunkGrid.Single([24])), ChunkGrid.Single([8, 3]))));
        Assert.Same(X, reshaped.Input);
        Assert.Null(rule.Rewrite(View.Slice(X, [1])));
    }

    [Fact]
    public void PushViewThroughElementwise_views_the_inputs()
    {
        var rule = new PushViewThroughElementwise();
        ArrayExpression sum = Elementwise.Of(KernelOp.Add, ElementType.Double, X, Y);
        var pushed = Assert.IsType<Elementwise>(rule.Rewrite(View.Slice(sum, [1..3])));
        Assert.All(pushed.Inputs.ToArray(), input => Assert.Equal("slice [i+1, j]", input.Describe()));
        Assert.Null(rule.Rewrite(View.Broadcast(sum, Shape.Create([5, 4, 6])))); // it would be computed five times
    }

    [Fact]
    public void PushViewThroughConcatenate_drops_what_is_not_seen()
    {
        var rule = new PushViewThroughConcatenate();
        ArrayExpression both = Concatenate.Of([X, Y, X], 0);
        var one = Assert.IsType<View>(rule.Rewrite(View.Slice(both, [5..7])));
        Assert.Equal((Y, "slice [i+1, j]"), (one.Input, one.Describe()));
        var index = Assert.IsType<View>(rule.Rewrite(View.Slice(both, [^1])));
        Assert.Equal("slice [3, i]", index.Describe());
        var two = Assert.IsType<Concatenate>(rule.Rewrite(View.Slice(both, [Slice.Of(6, 0, -2)])));
        Assert.Equal([(Y, "slice [2-2i, j]", 2L), (X, "slice [2-2i, j]", 1L)], two.Inputs.ToArray().Select(part => (part.Inputs[0], part.Describe(), part.Shape[0])));
        Assert.Null(rule.Rewrite(View.Slice(both, [Range.EndAt(0)])));
    }

    [Fact]
    public void PushViewThroughReduce_reduces_only_what_is_seen()
    {
        var rule = new PushViewThroughReduce();
        ArrayExpression max = Reduce.Of(new ExtremeReduction(ElementType.Double, IsMaximum: true), X, [0]);
        var pushed = Assert.IsType<Reduce>(rule.Rewrite(View.Slice(max, [1..3])));
        Assert.Equal("slice [i, j+1]", pushed.Input.Describe());
        Assert.Equal([0], pushed.Axes.ToArray());
        var index = Assert.IsType<Reduce>(rule.Rewrite(View.Slice(max, [4])));
        Assert.Equal(("slice [i, 4]", Shape.Scalar), (index.Input.Describe(), index.Shape));
        Assert.Null(rule.Rewrite(View.Slice(max, [Slice.Reverse]))); // nothing is saved
    }

    [Fact]
    public void PushReshapeThroughElementwise_reshapes_the_inputs_and_repeats_scalars()
    {
        var rule = new PushReshapeThroughElementwise();
        ArrayExpression scaled = Elementwise.Of(KernelOp.Multiply, ElementType.Double, X, Constant.Of(2.0));
        var pushed = Assert.IsType<Elementwise>(rule.Rewrite(new Reshape(scaled, ChunkGrid.Single([24]))));
        Assert.Equal("reshape to (24,)", pushed.Inputs[0].Describe());
        Assert.IsType<Constant>(Assert.IsType<View>(pushed.Inputs[1]).Input);
        Assert.Equal([24], pushed.Inputs[1].Shape.ToArray());
    }

    [Fact]
    public void Equal_subtrees_become_one_object()
    {
        ArrayExpression one = Elementwise.Of(KernelOp.Square, ElementType.Double, View.Slice(X, [1..])), other = Elementwise.Of(KernelOp.Square, ElementType.Double, View.Slice(X, [1..]));
        ArrayExpression optimized = Optimizer.For(optimize: true).Optimize(Elementwise.Of(KernelOp.Add, ElementType.Double, one, other));
        Assert.Same(optimized.Inputs[0], optimized.Inputs[1]);
        ArrayExpression different = Optimizer.For(optimize: true).Optimize(Elementwise.Of(KernelOp.Add, ElementType.Double, one, Elementwise.Of(KernelOp.Square, ElementType.Double, View.Slice(Y, [1..]))));
        Assert.NotSame(different.Inputs[0], different.Inputs[1]);
    }

    [Fact]
    public void Slices_end_up_at_the_sources()
    {
        ChunkedArray<double> x = new(X), y = new(Y);
        ChunkedArray<double> expression = ((ChunkedArray.Stack([x, y]).Rechunk([1, 2, 2]) + 1) * 2).Transpose()[3, .., 1];
        Assert.Equal(
            ["multiply", "add", "slice [i, 3]", "function (4, 6)", "view", "1", "view", "2"],
            Names(Optimizer.For(optimize: true).Optimize(expression.Expression)));
    }

    private static IEnumerable<string> Names(ArrayExpression expression) =>
        expression.Inputs.ToArray().SelectMany(Names).Prepend(expression.Describe());
}
