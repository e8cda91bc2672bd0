using Tessera.Expressions;
using Tessera.Lowering.Decisions;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Lowering;

// Delayed values: all calls are one step, and the arrays among them steps as any others.
internal sealed partial class Lowerer
{
    /// <summary>The plan for delayed values, and where their values will be found, in the order in which they are asked for.</summary>
    public static LoweredPlan Lower(
        IReadOnlyList<ValueExpression> roots, ValueLowering values, Saving saving, IStepKinds<ITaskBytes> bytes)
    {
        var decided = DecidedArrays.Of(roots, values, saving);
        CallGraph calls = decided.Calls;
        var lowerer = new Lowerer(calls, saving, bytes);
        Producer? producer = lowerer.Calls(decided.Values);
        Plan plan = lowerer.Told(lowerer.PlanOf(producer)) with { Origin = () => PlanOrigin.Of(calls, decided.Values, saving) };
        return new LoweredPlan(plan, [], decided.Choices)
        {
            ValueOf = root => roots[root] is Data data ? data.Value : calls.Roots[root] is >= 0 and var number ? lowerer._values[number] : null,
        };
    }

    private Plan PlanOf(Producer? calls)
    {
        if (calls is null)
            return new PlanBuilder(_producers, _bytes).Build();
        if (!_calls.HasArrays)
            return CallsPlan.Of(_calls, calls, _values, _bytes);
        var asked = new HashSet<int>();
        foreach (int root in _calls.Roots)
        {
            if (root != CallGraph.Plain)
                asked.Add(root);
        }

        return new PlanBuilder(_producers, _bytes).Build(calls, asked);
    }

    /// <summary>The step of all calls, and before it those that make the arrays among their arguments; null where there are no calls.</summary>
    private Producer? Calls(ValueLowering values)
    {
        if (_calls.Count == 0)
            return null;

        Claims? claims = values.Claims ?? (_calls.HasBinds ? new Claims() : null);
        _values.IsShared = claims is not null;
        var received = new Dictionary<int, ReceivedOutput>();
        var producer = new Producer(new CallsStep(new PlannedCalls(_calls, _values, received, values.Nested, claims), _values, received), _values);
        _producers.Add(_values, producer);
        for (int number = 0; number < _calls.Count && (_calls.HasArrays || _calls.HasBinds); number++)
        {
            if (_calls[number] is Bind bind)
                claims!.Check(bind);
            else if (_calls[number] is ArrayValue array)
                received.Add(number, Received(number, values.Optimize(array.Array), array.Allocate));
        }

        return producer;
    }

    private ReceivedOutput Received(int number, ArrayExpression array, Func<long, Array> allocate)
    {
        Recipe recipe = RecipeOf(array);
        ChunkGrid grid = Cells(recipe);
        var output = new ReceivedOutput(grid, allocate);
        _values.SetFreed(number, array.Shape.Length * array.ElementType.Size);
        _producers.Add(output, new Producer(new FillStep($"fill {StepName.Of(array)}", recipe, grid, new ReceivedDestination(output, array.ElementType)), output));
        return output;
    }

    private DeliveredRecipe Delivers(Delivered delivered)
    {
        int call = _calls.NumberOf(delivered);

        // Where another call makes the elements, the bytes are its own: many asynchronous ones may be under way at once.
        ReadOnlySpan<int> inputs = _calls.InputsOf(call);
        int maker = !inputs.IsEmpty && _calls[inputs[0]] is not ArrayValue ? inputs[0] : call;
        _values.SetBytes(maker, call, delivered.Shape.Length * delivered.ElementType.Size);
        return new DeliveredRecipe(_values, call, delivered.ElementType, delivered.Shape);
    }
}
