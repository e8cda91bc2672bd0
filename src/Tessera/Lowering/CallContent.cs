using Tessera.Expressions;
using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>Adds up what a call is made of, beside what it is called and the calls whose values it takes.</summary>
internal static class CallContent
{
    /// <returns>False where it can't be written down.</returns>
    public static bool Add(ValueExpression value, ContentHash content)
    {
        if (value.Code is { } code && !content.TryAdd(code))
            return false;
        foreach (object? argument in value.Arguments)
        {
            bool isAdded = argument switch
            {
                Data data => content.TryAdd(data.Value),
                ValueExpression => true, // computed, or the token of the run
                _ => content.TryAdd(argument),
            };
            if (!isAdded)
                return false;
        }

        return true;
    }
}
