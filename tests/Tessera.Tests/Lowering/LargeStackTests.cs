using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Optimization;
using Tessera.Tests.Memory;

namespace Tessera.Tests.Lowering;

/// <summary>Stacks of very many arrays: what a plan looks at is what it needs, each a few times.</summary>
[Collection(nameof(Alone))]
public class LargeStackTests
{
    private const int Many = 20_000;

    private static readonly Shape Frame = [2048, 2048];

    [Fact]
    public void Each_source_of_a_stack_is_looked_at_a_few_times_however_many_there_are()
    {
        Assert.Equal(Most(100, stack => stack.Explain()), Most(Many, stack => stack.Explain()));
        Assert.Equal(Most(100, stack => stack.ToString()), Most(Many, stack => stack.ToString()));
        Assert.InRange(Most(Many, stack => stack.Explain()), 1, 10);

        static int Most(int count, Action<ChunkedArray<float>> look)
        {
            UnreadSource[] sources = Sources(count);
            ChunkedArray<float> stack = ChunkedArray.Stack(sources.Select(source => ChunkedArray.FromSource<float>(source)));
            int before = sources[0].Looks;
            look(stack);
            return sources.Max(source => source.Looks) - before;
        }
    }

    [Fact]
    public void One_image_of_a_stack_is_planned_without_a_look_at_the_others()
    {
        UnreadSource[] sources = Sources(1000);
        ChunkedArray<float> dark = ChunkedArray.FromSource<float>(new UnreadSource(Frame, Frame));
        ChunkedArray<float> stack = ChunkedArray.Stack(sources.Select(source => (ChunkedArray.FromSource<float>(source) - dark).Sqrt()));
        int[] before = [.. sources.Select(source => source.Looks)];

        foreach (ChunkedArray<float> image in (ChunkedArray<float>[])[stack[7], stack[7..8], stack[7, ..100, ^100..], (stack * 2)[7], (stack + stack)[^993]])
            image.Explain();
        stack[7].Mean().ToString();

        Assert.Equal([7], Enumerable.Range(0, 1000).Where(i => sources[i].Looks != before[i]));
    }

    [Fact]
    public void One_image_of_a_stack_of_computed_ones_leads_to_its_own_work_alone()
    {
        ChunkedArray<float> stack = ChunkedArray.Stack(Sources(3000).Select(source => ChunkedArray.FromSource<float>(source) + 1));
        Assert.Equal(3000, stack.Expression.Ways);
        Assert.Equal(1, stack[17].Expression.Ways);
        Assert.Equal(1, stack[^1, 5].Expression.Ways);
        Assert.Equal(4, stack[10..14].Expression.Ways);
        Assert.Equal(101, stack[Slice.Of(200, 99, -1)].Expression.Ways);
        Assert.Equal(0, stack[10..10].Expression.Ways);
    }

    [Fact]
    public void The_parts_of_a_stack_that_are_alike_have_their_cut_in_common()
    {
        ChunkedArray<float> stack = ChunkedArray.Stack(Sources(100).Select(source => ChunkedArray.FromSource<float>(source)));
        Assert.Same(stack.Expression.Inputs[0].Chunks, stack.Expression.Inputs[99].Chunks);
        ArrayExpression corner = Optimizer.For(optimize: true).Optimize(stack[.., ..10, ..10].Expression);
        Assert.Equal(100, corner.Inputs.Length);
        Assert.Same(corner.Inputs[0].Chunks, corner.Inputs[99].Chunks);
    }

    [Fact]
    public void One_of_many_delayed_images_needs_its_own_call_alone()
    {
        int[] values = [.. Enumerable.Range(0, Many)];
        ChunkedArray<float> stack = ChunkedArray.Stack(values.Select(value => ChunkedArray.FromDelayed(Delayed.Value(value).Select(Image), [2, 2])));
        Assert.Equal(0, stack[7].Expression.Ways);
        Assert.Contains("lowered: 3 tasks in 2 steps", stack[7].Explain()); // the image, its elements, the array
        Assert.Equal([7f, 7, 7, 7], [.. stack[7].Compute()]);

        static float[] Image(int value) => [value, value, value, value];
    }

    [Fact]
    public void Looking_at_a_plan_compiles_no_kernel()
    {
        int before = KernelCache.Count;
        ChunkedArray<double> x = ChunkedArray.Arange(1_000_000.0);
        ChunkedArray<double> unusual = ((x * 1.25).Sqrt() + (x - x.Std()).Square().Sqrt() - x.Max()).Square();
        Assert.Contains("tasks", unusual.ToString());
        Assert.Contains("lowered", unusual.Explain());
        Assert.Equal(before, KernelCache.Count);
    }

    private static UnreadSource[] Sources(int count) => [.. Enumerable.Range(0, count).Select(_ => new UnreadSource(Frame, Frame))];
}
