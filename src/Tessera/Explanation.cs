using System.Text;
using Tessera.Diagnostics;
using Tessera.Expressions;
using Tessera.Graphs;
using Tessera.Lowering;
using Tessera.Lowering.Decisions;
using Tessera.Optimization;
using Tessera.Steps;

namespace Tessera;

/// <summary>Writes the stages of a computation as text.</summary>
internal static class Explanation
{
    private const int HashDigits = 16, MostCalls = 40, MostChoices = 10, MostOperations = 100, DeepestIndent = 20;

    /// <summary>The expression, and the plan that computes it to memory or, where one is given, to a sink.</summary>
    public static string Of(ArrayExpression expression, ComputeOptions options, IBlockSink? sink = null)
    {
        Optimizer optimizer = Optimizer.For(options.Optimize);
        long bytes = expression.Shape.Length * expression.ElementType.Size, resultBytes = sink is null ? bytes : 0;
        Destination destination = sink is null ? new MemoryDestination(0, expression.ElementType, expression.Shape) : new SinkDestination(sink, expression.ElementType);
        LoweredPlan lowered = Computation.PlanFor(expression, destination, resultBytes, options, optimizer);
        Plan plan = lowered.Plan;
        StringBuilder text = Head(plan);
        Tree(text.AppendLine("as written"), expression);
        Tree(text.AppendLine("optimized"), lowered.Arrays[0]);
        text.AppendLine($"lowered: {Counted.Of(plan.Tasks.Count, "task")} in {Counted.Of(plan.Steps.Count, "step")}");
        foreach (Step step in plan.Steps)
            text.AppendLine($"  {step.Name}: {Counted.Of(step.TaskCount, "task")}");
        Choices(text, lowered.Choices);
        text.AppendLine($"reads {Reads(plan.Forecast)}, {(sink is null ? "makes a result of" : "writes")} {ByteSize.Format(bytes)}, " +
            $"holds {ByteSize.Format(plan.Forecast.PeakBytes)} at the peak of one worker");
        if (!Computation.Fits(plan, resultBytes, options))
            text.AppendLine($"together, that is over the memory budget of {ByteSize.Format(options.BudgetBytes)}: {(sink is null ? "Compute" : "Save")} would refuse");
        return text.ToString();
    }

    /// <summary>The calls, and what they become.</summary>
    public static string Of(ValueExpression value, ComputeOptions options)
    {
        LoweredPlan lowered = Computation.PlanFor([value], options);
        Plan plan = lowered.Plan;
        StringBuilder text = Head(plan);
        Tree(text.AppendLine("as written"), value);
        var groups = new TaskGroups(plan.Graph);
        text.AppendLine($"lowered: {Counted.Of(plan.Tasks.Count, "task")} in {Counted.Of(groups.Tasks.Count, "step")}");
        foreach (IReadOnlyList<int> tasks in groups.Tasks)
            text.AppendLine($"  {string.Join(", ", tasks.Select(plan.Graph.NameOf).Distinct().Take(4))}: {Counted.Of(tasks.Count, "task")}");
        Choices(text, lowered.Choices);
        if (plan.Forecast.PeakBytes > 0)
        {
            text.AppendLine($"reads {Reads(plan.Forecast)}, holds {ByteSize.Format(plan.Forecast.PeakBytes)} at the peak of one worker, " +
                "values of functions not counted");
        }

        return text.ToString();
    }

    /// <summary>The number of tasks that computing an expression takes.</summary>
    public static long TaskCount(ArrayExpression expression)
    {
        Optimizer optimizer = Optimizer.For(optimize: true);
        var nowhere = new MemoryDestination(0, expression.ElementType, expression.Shape);
        return Lowerer.TaskCount(expression, nowhere, ValueLowering.ForPlans(optimizer.Optimize) with { Simplify = optimizer.Simplify }, Schedulers.Default.BytesForPlan());
    }

    /// <summary>What the plan is known by: equal for every scheduler, every number of workers, and whatever chunks users see over the same storage.</summary>
    private static StringBuilder Head(Plan plan) => new StringBuilder().AppendLine($"plan {plan.TextHash[..HashDigits]}");

    /// <summary>What was decided of what is asked for more than once, the costliest first.</summary>
    private static void Choices(StringBuilder text, Choices choices)
    {
        Decision[] told = [.. choices.All.Where(decision => !decision.Expression.IsInBlocks).OrderByDescending(decision => decision.Cost)];
        foreach (Decision decision in told.Take(MostChoices))
            text.AppendLine($"  {decision}");
        if (told.Length > MostChoices)
            text.AppendLine($"  and {Counted.Of(told.Length - MostChoices, "decision")} more");
    }

    /// <summary>What is read and, where sources decode more than that, how much.</summary>
    private static string Reads(MemoryForecast forecast) => forecast.BytesDecoded > forecast.BytesRead
        ? $"{ByteSize.Format(forecast.BytesRead)} (decoding {ByteSize.Format(forecast.BytesDecoded)}, as storage chunks are decoded whole)"
        : ByteSize.Format(forecast.BytesRead);

    /// <summary>Of very many inputs no more are looked at than lines are told, and one for the sign that there are more.</summary>
    private static void Tree(StringBuilder text, ArrayExpression root) => Tree(
        text, root, MostOperations, Line, expression => expression.Inputs[..Math.Min(expression.Inputs.Length, MostOperations + 1)].ToArray());

    private static void Tree(StringBuilder text, ValueExpression root) => Tree(
        text, root, MostCalls, CallName.Of, value => [.. value.Arguments.ToArray().OfType<ValueExpression>().Where(argument => argument is not Data)]);

    private static string Line(ArrayExpression expression)
    {
        string line = $"{expression.Describe()}: {expression.ElementType.Name} {expression.Shape}";
        return expression.Chunks.Count > 1 ? $"{line} in {Counted.Of(expression.Chunks.Count, "chunk")} {expression.Chunks}" : line;
    }

    /// <summary>A node a line, each before what it is made of; one that was told already is not told again.</summary>
    private static void Tree<TNode>(StringBuilder text, TNode root, int mostLines, Func<TNode, string> lineOf, Func<TNode, TNode[]> inputsOf)
        where TNode : class
    {
        var seen = new HashSet<TNode>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(TNode Node, int Depth)>([(root, 1)]);
        for (int line = 0; pending.TryPop(out var next); line++)
        {
            if (line == mostLines)
            {
                text.AppendLine("  …");
                return;
            }

            TNode[] inputs = inputsOf(next.Node);
            bool again = !seen.Add(next.Node) && inputs.Length > 0;
            text.Append(' ', 2 * Math.Min(next.Depth, DeepestIndent)).Append(lineOf(next.Node)).AppendLine(again ? " (as above)" : "");
            for (int i = inputs.Length - 1; i >= 0 && !again; i--)
                pending.Push((inputs[i], next.Depth + 1));
        }
    }
}
