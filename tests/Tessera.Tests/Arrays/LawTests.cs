using Tessera.Expressions;
using Tessera.Tests.Expressions;

namespace Tessera.Tests.Arrays;

/// <summary>What must hold for every array, tried on random expressions. A failure names the seed, from which <see cref="RandomTrees"/> makes the tree again.</summary>
public class LawTests
{
    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    /// <summary>Small trees, and some with more elements than compiled kernels and several tiles need.</summary>
    private static IEnumerable<(int Seed, Node Tree)> Trees(int first, int count)
    {
        for (int seed = first; seed < first + count; seed++)
            yield return (seed, seed % 20 == 0 ? RandomTrees.Tree(seed, mostElements: 400_000) : RandomTrees.Tree(seed));
    }

    [Fact]
    public void Any_chunking_and_storage_gives_equal_answers()
    {
        foreach ((int seed, Node tree) in Trees(0, 1000))
        {
            Elements plain = Elements.Of(TreeBuilder.Build(tree), Serial);
            for (int variation = 1; variation <= 2; variation++)
                Same(plain, Elements.Of(TreeBuilder.Build(tree, variation), Serial), tree, seed);
        }
    }

    [Fact]
    public void Optimized_equals_unoptimized()
    {
        foreach ((int seed, Node tree) in Trees(100_000, 1200))
        {
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            Same(Elements.Of(expression, Serial with { Optimize = false }), Elements.Of(expression, Serial), tree, seed);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_equal_serial_bit_for_bit(int workers) => EqualsSerial(Schedulers.Threads(workers));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Processes_equal_serial_bit_for_bit(int workers)
    {
        using WorkerPool pool = WorkerPool.Processes(workers);
        EqualsSerial(Schedulers.Processes(pool));
    }

    private static void EqualsSerial(Scheduler scheduler)
    {
        var options = new ComputeOptions { Scheduler = scheduler };
        IEnumerable<(int Seed, Node Tree)> large = Enumerable.Range(250_000, 12).Select(seed => (seed, RandomTrees.Tree(seed, operations: 5, mostElements: 4_000_000)));
        foreach ((int seed, Node tree) in Trees(200_000, 300).Concat(large))
        {
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            Assert.True(
                Elements.Of(expression, Serial).Bytes.AsSpan().SequenceEqual(Elements.Of(expression, options).Bytes), $"seed {seed}: {tree}");
        }
    }

    /// <summary>The slice goes down into the expression, and must show what it shows of the finished elements.</summary>
    [Fact]
    public void A_slice_of_an_array_is_the_slice_of_its_elements()
    {
        foreach ((int seed, Node tree) in Trees(300_000, 1000))
        {
            var views = new RandomViews(new Random(seed));
            Node view = views.Over(views.Over(tree));
            Elements whole = Elements.Of(TreeBuilder.Build(tree, variation: seed), Serial);
            Elements seen = Elements.Of(TreeBuilder.Build(view, variation: seed), Serial);
            Same(Elements.Of(TreeBuilder.Build(OverElements(view, tree, whole)), Serial), seen, tree, seed);
        }
    }

    /// <summary>The view with computed elements in the place of the tree.</summary>
    private static Node OverElements(Node view, Node tree, Elements elements) => ReferenceEquals(view, tree)
        ? new Node("Bits", elements.Type, elements.Shape, elements.Bits())
        : view with { Inputs = [OverElements(view.Inputs[0], tree, elements)] };

    private static void Same(Elements expected, Elements actual, Node tree, int seed)
    {
        if (expected.Differs(actual, tree) is { } difference)
            Assert.Fail($"seed {seed}: {difference}\n{tree}");
    }
}
