using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Lowering;

namespace Tessera.Tests.Lowering;

/// <summary>Which sources are read again, held against a walk of every way that leads to them.</summary>
public class SourceUsesTests
{
    [Fact]
    public void A_source_is_read_again_where_more_than_one_way_through_steps_leads_to_it()
    {
        var random = new Random(1);
        int again = 0, once = 0;
        for (int turn = 0; turn < 3000; turn++)
        {
            (List<ArrayExpression> roots, List<Source> sources) = Any(random);
            bool cutAcross = random.Next(4) == 0;
            var counted = new Dictionary<ArrayExpression, long>(ReferenceEqualityComparer.Instance);
            var steps = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
            foreach (ArrayExpression root in roots)
                Read(root, cutAcross ? 2 : 1, counted, steps);

            HashSet<ArrayExpression> found = SourceUses.ExpensiveAndReadAgain(roots, cutAcross);

            foreach (Source source in sources)
            {
                long times = counted.GetValueOrDefault(source);
                bool expected = source.Blocks.ReadsAsync ? times > 0 : !source.Blocks.IsCheap && times > 1;
                Assert.True(expected == found.Contains(source), $"turn {turn}: {source.Describe()} is read {times} times");
                _ = expected ? again++ : once++;
            }
        }

        Assert.True(again > 500 && once > 500, $"{again} are read again and {once} once");
    }

    /// <summary>Goes every way down: a reduction and what is held read once, a reshape twice, whatever else as often as it is read.</summary>
    private static void Read(ArrayExpression expression, int times, Dictionary<ArrayExpression, long> counted, HashSet<ArrayExpression> steps)
    {
        counted[expression] = counted.GetValueOrDefault(expression) + times;
        bool isStep = expression is Reduce or Hold;
        if (isStep && !steps.Add(expression))
            return;
        foreach (ArrayExpression input in expression.Inputs.ToArray().Distinct())
            Read(input, isStep ? 1 : expression is Reshape ? 2 : times, counted, steps);
    }

    private static (List<ArrayExpression> Roots, List<Source> Sources) Any(Random random)
    {
        Shape shape = [4, 6];
        List<Source> sources = [.. Enumerable.Range(0, 4).Select(i =>
            new Source(new UnreadSource(shape, shape) { IsCheap = i == 3, ReadsAsync = i == 2 }, ChunkGrid.Single(shape)))];
        var pool = new List<ArrayExpression>(sources);
        for (int i = random.Next(1, 9); i > 0; i--)
        {
            ArrayExpression one = pool[random.Next(pool.Count)], other = pool[random.Next(pool.Count)];
            pool.Add(random.Next(6) switch
            {
                0 => View.Broadcast(Reductions.Over(one, _ => new SumReduction(ElementType.Single), [1], keepDims: true), shape),
                1 => new Hold(one),
                2 => new Reshape(new Reshape(one, ChunkGrid.Single([24])), ChunkGrid.Single(shape)),
                3 => View.Slice(one, [Slice.Reverse, Slice.All]),
                4 => View.Slice(Concatenate.Of([one, other], 0), [2..6, Slice.All]),
                _ => Elementwise.Of(KernelOp.Add, ElementType.Single, one, other),
            });
        }

        return ([.. pool.TakeLast(random.Next(1, 3)).Where(root => root.Shape == shape)], sources);
    }
}
