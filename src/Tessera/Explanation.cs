using System.Globalization;
using System.Text;
using Tessera.Diagnostics;
using Tessera.Expressions;
using Tessera.Lowering;

namespace Tessera;

/// <summary>Writes the stages of a computation as text.</summary>
internal static class Explanation
{
    public static string Of(ArrayExpression expression, ComputeOptions options)
    {
        ArrayExpression optimized = Computation.Optimized(expression, options);
        long resultBytes = expression.Shape.Length * expression.ElementType.Size;
        Plan plan = Computation.PlanFor(optimized, new MemoryDestination(0, expression.ElementType, expression.Shape), resultBytes, options);
        var text = new StringBuilder();
        Tree(text.AppendLine("as written"), expression);
        Tree(text.AppendLine("optimized"), optimized);
        text.AppendLine($"lowered: {Count(plan.Tasks.Length, "task")} in {Count(plan.Steps.Count, "step")}");
        foreach (Step step in plan.Steps)
            text.AppendLine($"  {step.Name}: {Count(step.TaskCount, "task")}");
        text.AppendLine($"reads {ByteSize.Format(plan.Forecast.BytesRead)}, makes a result of {ByteSize.Format(resultBytes)}, " +
            $"holds {ByteSize.Format(plan.Forecast.PeakBytes)} at the peak of one worker");
        if (!Computation.Fits(plan, resultBytes, options))
            text.AppendLine($"together, that is over the memory budget of {ByteSize.Format(options.BudgetBytes)}: Compute would refuse");
        return text.ToString();
    }

    /// <summary>The number of tasks that computing an expression takes.</summary>
    public static long TaskCount(ArrayExpression expression) => Lowerer.TaskCount(
        Computation.Optimized(expression, ComputeOptions.Default), new MemoryDestination(0, expression.ElementType, expression.Shape));

    private static void Tree(StringBuilder text, ArrayExpression root)
    {
        var seen = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(ArrayExpression Expression, int Depth)>([(root, 1)]);
        while (pending.TryPop(out var next))
        {
            text.Append(' ', 2 * next.Depth).Append(next.Expression.Describe()).Append(": ").Append(next.Expression.ElementType.Name).Append(' ').Append(next.Expression.Shape);
            if (next.Expression.Chunks.Count > 1)
                text.Append($" in {Count(next.Expression.Chunks.Count, "chunk")} {next.Expression.Chunks}");
            bool again = !seen.Add(next.Expression) && next.Expression.Inputs.Length > 0;
            text.AppendLine(again ? " (as above)" : "");
            for (int i = next.Expression.Inputs.Length - 1; i >= 0 && !again; i--)
                pending.Push((next.Expression.Inputs[i], next.Depth + 1));
        }
    }

    /// <summary>"1 task", "2,560 chunks".</summary>
    public static string Count(long count, string noun) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}
