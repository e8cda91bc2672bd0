using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>Names a step by what it fuses: "sum over all ← multiply ← subtract ← image*.tif".</summary>
internal static class StepName
{
    private const int MostOperations = 6;

    public static string Of(ArrayExpression expression)
    {
        var names = new List<string>();
        var pending = new Queue<ArrayExpression>([expression]);
        while (pending.TryDequeue(out ArrayExpression? next))
        {
            if (names.Count == MostOperations)
            {
                names.Add("…");
                break;
            }

            if (next is Hold kept)
            {
                names.Add(kept.Input.Describe()); // made by a step of its own
                continue;
            }

            bool plain = next is View && next != expression;
            if (!plain)
                names.Add(next.Describe());
            if ((next is Reduce && next != expression) || next is Concatenate)
                continue; // a step of its own; parts that are many and alike
            foreach (ArrayExpression input in next.Inputs)
            {
                if (input is not (Constant or View { Input: Constant }) && !pending.Contains(input))
                    pending.Enqueue(input);
            }
        }

        return string.Join(" ← ", names.Distinct());
    }
}
