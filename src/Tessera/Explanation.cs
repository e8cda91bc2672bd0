using System.Text;
using Tessera.Diagnostics;
using Tessera.Expressions;
using Tessera.Graphs;
using Tessera.Lowering;
using Tessera.Optimization;

namespace Tessera;

/// <summary>Writes the stages of a computation as text.</summary>
internal static class Explanation
{
    private const int MostCalls = 40, MostOperations = 100, DeepestIndent = 20;

    public static string Of(ArrayExpression expression, ComputeOptions options)
    {
        ArrayExpression optimized = Optimizer.For(options.Optimize).Optimize(expression);
        long resultBytes = expression.Shape.Length * expression.ElementType.Size;
        Plan plan = Computation.PlanFor(expression, new MemoryDestination(0, expression.ElementType, expression.Shape), resultBytes, options);
        var text = new StringBuilder();
        Tree(text.AppendLine("as written"), expression);
        Tree(text.AppendLine("optimized"), optimized);
        text.AppendLine($"lowered: {Counted.Of(plan.Tasks.Length, "task")} in {Counted.Of(plan.Steps.Count, "step")}");
        foreach (Step step in plan.Steps)
            text.AppendLine($"  {step.Name}: {Counted.Of(step.TaskCount, "task")}");
        text.AppendLine($"reads {ByteSize.Format(plan.Forecast.BytesRead)}, makes a result of {ByteSize.Format(resultBytes)}, " +
            $"holds {ByteSize.Format(plan.Forecast.PeakBytes)} at the peak of one worker");
        if (!Computation.Fits(plan, resultBytes, options))
            text.AppendLine($"together, that is over the memory budget of {ByteSize.Format(options.BudgetBytes)}: Compute would refuse");
        return text.ToString();
    }

    /// <summary>The calls, and what they become.</summary>
    public static string Of(ValueExpression value, ComputeOptions options)
    {
        Plan plan = Computation.PlanFor([value], options).Plan;
        var text = new StringBuilder();
        Calls(text.AppendLine("as written"), value);
        var groups = new TaskGroups(plan.Graph);
        text.AppendLine($"lowered: {Counted.Of(plan.Tasks.Length, "task")} in {Counted.Of(groups.Tasks.Count, "step")}");
        foreach (IReadOnlyList<int> tasks in groups.Tasks)
            text.AppendLine($"  {string.Join(", ", tasks.Select(plan.Graph.NameOf).Distinct().Take(4))}: {Counted.Of(tasks.Count, "task")}");
        if (plan.Forecast.PeakBytes > 0)
        {
            text.AppendLine($"reads {ByteSize.Format(plan.Forecast.BytesRead)}, holds {ByteSize.Format(plan.Forecast.PeakBytes)} at the peak of one worker, " +
                "values of functions not counted");
        }

        return text.ToString();
    }

    /// <summary>The number of tasks that computing an expression takes.</summary>
    public static long TaskCount(ArrayExpression expression) => Lowerer.TaskCount(
        Optimizer.For(optimize: true).Optimize(expression), new MemoryDestination(0, expression.ElementType, expression.Shape));

    private static void Tree(StringBuilder text, ArrayExpression root)
    {
        var seen = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(ArrayExpression Expression, int Depth)>([(root, 1)]);
        int lines = 0;
        while (pending.TryPop(out var next))
        {
            if (++lines > MostOperations)
            {
                text.AppendLine("  …");
                return;
            }

            text.Append(' ', 2 * next.Depth).Append(next.Expression.Describe()).Append(": ").Append(next.Expression.ElementType.Name).Append(' ').Append(next.Expression.Shape);
            if (next.Expression.Chunks.Count > 1)
                text.Append($" in {Counted.Of(next.Expression.Chunks.Count, "chunk")} {next.Expression.Chunks}");
            bool again = !seen.Add(next.Expression) && next.Expression.Inputs.Length > 0;
            text.AppendLine(again ? " (as above)" : "");
            for (int i = next.Expression.Inputs.Length - 1; i >= 0 && !again; i--)
                pending.Push((next.Expression.Inputs[i], next.Depth + 1));
        }
    }

    private static void Calls(StringBuilder text, ValueExpression root)
    {
        var seen = new HashSet<ValueExpression>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(ValueExpression Value, int Depth)>([(root, 1)]);
        int lines = 0;
        while (pending.TryPop(out var next))
        {
            if (++lines > MostCalls)
            {
                text.AppendLine("  …");
                return;
            }

            bool again = !seen.Add(next.Value) && next.Value.Arguments.Length > 0;
            text.Append(' ', 2 * Math.Min(next.Depth, DeepestIndent)).Append(CallName.Of(next.Value)).AppendLine(again ? " (as above)" : "");
            for (int i = next.Value.Arguments.Length - 1; i >= 0 && !again; i--)
            {
                if (next.Value.Arguments[i] is ValueExpression argument and not Data)
                    pending.Push((argument, next.Depth + 1));
            }
        }
    }
}
