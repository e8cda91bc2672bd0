using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>All the calls of a plan, a task each, and the values that they give.</summary>
/// <param name="calls">In the order of their numbers.</param>
/// <param name="values">Where their values go.</param>
/// <param name="received">The elements of the arrays among the values, by number.</param>
internal sealed class CallsStep(ICalls calls, ValuesOutput values, IReadOnlyDictionary<int, ReceivedOutput> received) : Step("calls")
{
    public override ICalls Calls => calls;

    public ValuesOutput Values => values;

    public override long TaskCount => calls.Count;

    public override Region RegionOf(int task) => default;

    public override string NameOf(int task) => calls.NameOf(task);

    public override string DescriptionOf(int task) => calls.DescriptionOf(task);

    public override object KindOf(int task) => calls.KindOf(task);

    public override ComputationException Failure(int task, Exception cause) => calls.Failure(task, cause);

    public override void Visit(int task, IRecipeVisitor visitor)
    {
        foreach (int input in calls.InputsOf(task))
            visitor.Value(values, input);
        if (received.Count == 0 || !received.TryGetValue(task, out ReceivedOutput? elements))
            return;
        for (int cell = 0; cell < elements.Count; cell++)
            visitor.Cell(elements, cell);
    }

    /// <summary>Those of elements that a call delivers; the elements of an array are counted as its cells are filled.</summary>
    public override long OutputBytes(int task) => values.TakenBytes(task);

    public override T Accept<T>(IStepKinds<T> kinds) => kinds.Of(this);
}
