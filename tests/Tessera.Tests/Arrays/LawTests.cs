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
        foreach ((int seed, Node tree) in Trees(0, 1500))
        {
            Elements plain = Elements.Of(TreeBuilder.Build(tree), Serial);
            for (int variation = 1; variation <= 2; variation++)
                Same(plain, Elements.Of(TreeBuilder.Build(tree, variation), Serial), tree, seed);
        }
    }

    [Fact]
    public void Optimized_equals_unoptimized()
    {
        foreach ((int seed, Node tree) in Trees(100_000, 1500))
        {
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            Same(Elements.Of(expression, Serial with { Optimize = false }), Elements.Of(expression, Serial), tree, seed);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_equal_serial_bit_for_bit(int workers)
    {
        var threads = new ComputeOptions { Scheduler = Schedulers.Threads(workers) };
        foreach ((int seed, Node tree) in Trees(200_000, 300))
        {
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            Assert.True(
                Elements.Of(expression, Serial).Bytes.AsSpan().SequenceEqual(Elements.Of(expression, threads).Bytes), $"seed {seed}: {tree}");
        }
    }

    private static void Same(Elements expected, Elements actual, Node tree, int seed)
    {
        if (expected.Differs(actual, tree) is { } difference)
            Assert.Fail($"seed {seed}: {difference}\n{tree}");
    }
}
