using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>Names a step by what it fuses: "sum over all ← multiply ← subtract ← image*.tif".</summary>
internal static class StepName
{
    private const int MostOperations = 6;

    public static string Of(ArrayExpression expression)
    {
        if (expression.Inputs.IsEmpty && expression.IsNamed(isResult: true))
            return expression.Describe();
        var names = new List<string>();
        var pending = new Queue<ArrayExpression>([expression]);
        while (pending.TryDequeue(out ArrayExpression? next))
        {
            if (names.Count == MostOperations)
            {
                names.Add("…");
                break;
            }

            bool isResult = next == expression;
            if (next.IsNamed(isResult))
                names.Add(next.DescribeInStep());
            if (!next.AreInputsNamed(isResult))
                continue;
            foreach (ArrayExpression input in next.Inputs)
            {
                if (!input.IsConstant && !pending.Contains(input))
                    pending.Enqueue(input);
            }
        }

        return string.Join(" ← ", names.Distinct());
    }
}
