using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Tests.Lowering;

public class CallGraphTests
{
    private static readonly DelayedFunction<long, long, long> Add = Delayed.Function((long a, long b) => a + b, "add");
    private static readonly DelayedFunction<long, long, long> AddPure = Delayed.Function((long a, long b) => a + b, "add", pure: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_plan_of_calls_alone_is_what_the_general_planner_makes_of_them(int seed)
    {
        ValueExpression[] roots = [.. RandomCalls(seed).Select(call => call.Expression)];
        var calls = CallGraph.Of(roots, ValueLowering.ForPlans(array => array));

        (Producer general, ValuesOutput expectedValues) = StepOf(calls);
        Plan expected = new PlanBuilder(new Dictionary<StepOutput, Producer> { [expectedValues] = general }, CpuSteps.ForPlan())
            .Build(general, calls.Roots.ToArray().Where(root => root != CallGraph.Plain).Distinct());
        (Producer alone, ValuesOutput values) = StepOf(calls);
        Plan plan = CallsPlan.Of(calls, alone, values, CpuSteps.ForPlan());

        Assert.Equal(expected.Tasks.Select(task => task.Index), plan.Tasks.Select(task => task.Index));
        Assert.Equal(general.Tasks, alone.Tasks);
        Assert.Equal(expected.Forecast, plan.Forecast);
        Assert.Equal(expected.Graph.Count, plan.Graph.Count);
        for (int task = 0; task < plan.Graph.Count; task++)
        {
            Assert.Equal(expected.Graph.DependenciesOf(task), plan.Graph.DependenciesOf(task));
            Assert.Equal(expected.Graph.SuccessorsOf(task), plan.Graph.SuccessorsOf(task));
            Assert.Equal(expected.Graph.BytesOf(task), plan.Graph.BytesOf(task));
            Assert.Equal(expectedValues.ReadersOf(task), values.ReadersOf(task));
        }
    }

    [Fact]
    public void While_one_graph_is_made_another_of_the_same_calls_is_numbered_in_a_table_and_is_the_same()
    {
        ValueExpression[] roots = [.. RandomCalls(seed: 4).Select(call => call.Expression)];
        using var one = new CallGraphBuilder(ValueLowering.ForPlans(array => array));
        using var other = new CallGraphBuilder(ValueLowering.ForPlans(array => array));

        CallGraph expected = one.Build(roots), graph = other.Build(roots);

        Assert.Equal(expected.Count, graph.Count);
        Assert.Equal(expected.Roots, graph.Roots);
        Assert.Equal(expected.Starts, graph.Starts);
        Assert.Equal(expected.Inputs, graph.Inputs);
    }

    [Fact]
    public void Calls_can_be_computed_by_several_threads_at_once()
    {
        Delayed<long>[] calls = RandomCalls(seed: 5);
        long[] expected = Delayed.Compute(calls);

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(expected[(i % 7)..], Delayed.Compute(calls[(i % 7)..], new ComputeOptions { Scheduler = Schedulers.Serial })));
    }

    [Fact]
    public void Calls_that_were_computed_alone_are_numbered_anew_as_parts_of_others()
    {
        Delayed<long> left = Add(1, 2), right = Add(left, left);
        Assert.Equal(6, right.Compute());

        Assert.Equal(15, Add(Add(4, 5), right).Compute());
        Assert.Equal(3, left.Compute());
    }

    [Fact]
    public void What_numbers_a_call_here_does_not_travel_with_it()
    {
        ValueExpression call = Add(1, 2).Expression;
        call.Note = 7; // a graph would set it, unless another has the notes at that moment

        Assert.Equal(0, Serialization.RoundTrip.Of(call).Note);
    }

    private static Delayed<long>[] RandomCalls(int seed)
    {
        var random = new Random(seed);
        var calls = new List<Delayed<long>> { 1L, Add(1, 2) };
        while (calls.Count < 200)
        {
            DelayedFunction<long, long, long> add = random.Next(3) == 0 ? AddPure : Add;
            calls.Add(random.Next(8) == 0
                ? Delayed.Call((IReadOnlyList<long> parts) => parts.Sum() % 1000, Delayed.WhenAll([.. random.GetItems(calls.ToArray(), 20)]))
                : add(Any(), Any()));
        }

        return random.GetItems(calls.ToArray(), 40);

        Delayed<long> Any() => calls[^random.Next(1, Math.Min(calls.Count, 20))];
    }

    private static (Producer Producer, ValuesOutput Values) StepOf(CallGraph calls)
    {
        var values = new ValuesOutput(calls.Count);
        NestedRun nested = ValueLowering.ForPlans(array => array).Nested;
        var received = new Dictionary<int, ReceivedOutput>();
        return (new Producer(new CallsStep(new PlannedCalls(calls, values, received, nested, claims: null), values, received), values), values);
    }
}
