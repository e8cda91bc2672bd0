using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Optimization;
using Tessera.Steps;
using Tessera.Tests.Expressions;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering.Decisions;

/// <summary>Random expressions over sources that count: whatever is decided, the answer is the same, and nothing expensive is read twice while memory allows.</summary>
[Trait("Scheduler", "threads")]
public class DecisionLawTests
{
    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    [Fact]
    public void The_answer_is_the_same_whatever_is_kept()
    {
        int kept = 0;
        for (int seed = 0; seed < 800; seed++)
        {
            Node tree = RandomTrees.Tree(seed, operations: 12);
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            LoweredPlan plan = PlanOf(expression, Saving.None);
            if (!plan.Choices.KeepSomething)
                continue;
            kept++;
            Elements decided = Elements.Of(expression, Serial);
            foreach (Saving saving in (Saving[])[Saving.All, Saving.None with { Concessions = 1 }, Saving.None with { Concessions = 2 }])
                Assert.True(tree.Inputs.Length == 0 || Run(expression, saving).Differs(decided, tree) is null, $"seed {seed}, {saving}: {tree}");
        }

        Assert.True(kept > 25, $"{kept} plans keep something");
    }

    [Fact]
    public void What_is_kept_is_in_the_text_of_a_plan_and_a_worker_process_makes_the_same_plan()
    {
        int kept = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            ArrayExpression expression = TreeBuilder.Build(RandomTrees.Tree(seed, operations: 12), variation: seed);
            LoweredPlan plan = PlanOf(expression, Saving.None);
            if (plan.Choices.Concessions == 0)
                continue;
            kept++;
            Assert.False(plan.Plan.Text.SequenceEqual(PlanOf(expression, Saving.All).Plan.Text), $"seed {seed}");
            foreach (Saving saving in (Saving[])[Saving.None, Saving.None with { Concessions = 1 }, Saving.All])
            {
                Plan made = PlanOf(expression, saving).Plan;
                Assert.Equal(made.Text, made.Origin!().Remake().Text);
            }
        }

        Assert.True(kept > 12, $"{kept} plans keep something");
    }

    [Fact]
    public void No_element_of_an_expensive_source_is_read_twice_while_memory_allows()
    {
        int read = 0;
        for (int seed = 0; seed < 800; seed++)
        {
            Node tree = RandomTrees.Tree(seed, operations: 12);
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            Elements.Of(expression, Serial);
            foreach (Source source in ExpressionOrder.InputsFirst(expression).OfType<Source>())
            {
                if (source.Blocks is not ArraySource { IsCheap: false } counted)
                    continue;
                read += counted.Reads.Count > 0 ? 1 : 0;

                // Few elements that lie far apart are read twice rather than all that lies between them once.
                Assert.True(MostReadings(counted) <= 1 || counted.ElementsRead <= counted.Shape.Length, $"seed {seed}: {counted.Shape} stored in {counted.StorageChunks}, read as {string.Join(" ", counted.Reads)}: {tree}\n{Explanation.Of(expression, Serial)}");
            }
        }

        Assert.True(read > 250, $"{read} sources were read");
    }

    private static int MostReadings(ArraySource source)
    {
        var counts = new int[source.Shape.Length];
        long[] strides = source.Shape.DenseStrides();
        foreach (Region region in source.Reads)
        {
            long[] index = region.Start.ToArray();
            for (long i = 0; i < region.Length; i++)
            {
                counts[index.Zip(strides, (at, stride) => at * stride).Sum()]++;
                for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == region.End(axis); axis--)
                    index[axis] = region.Start[axis];
            }
        }

        return counts.DefaultIfEmpty().Max();
    }

    private static LoweredPlan PlanOf(ArrayExpression expression, Saving saving)
    {
        var optimizer = Optimizer.For(optimize: true);
        ValueLowering values = ValueLowering.ForPlans(optimizer.Optimize) with { Simplify = optimizer.Simplify };
        return Lowerer.Lower([new PlannedOutput(expression, new MemoryDestination(0, expression.ElementType, expression.Shape))], values, saving, Schedulers.Serial.BytesForPlan());
    }

    private static unsafe Elements Run(ArrayExpression expression, Saving saving)
    {
        var elements = new Elements(expression.ElementType, expression.Shape, new byte[expression.Shape.Length * expression.ElementType.Size]);
        var optimizer = Optimizer.For(optimize: true);
        ValueLowering values = ValueLowering.ForPlans(optimizer.Optimize) with { Simplify = optimizer.Simplify };
        fixed (byte* address = elements.Bytes)
        {
            Plan plan = Lowerer.Lower([new PlannedOutput(expression, new MemoryDestination((nint)address, elements.Type, elements.Shape))], values, saving, Schedulers.Serial.BytesForPlan()).Plan;
            using var execution = new Execution(plan, elements.Bytes.Length, Serial, new NestedRuns(Serial), asked: 0);
            execution.RunAsync(here: true).GetAwaiter().GetResult();
        }

        return elements;
    }
}
