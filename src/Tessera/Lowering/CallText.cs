using System.Text;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Writes a call for the text of a plan: the function and its plain arguments. Computed ones are named by the graph, and what a call merely comes after is
/// no part of it.
/// <code>
/// filter(load("image0003.tif"), 2.5)      filter(·, 2.5)
/// </code>
/// </summary>
internal static class CallText
{
    public static string Of(ValueExpression value)
    {
        if (value is not FunctionCall call)
            return value.Name;

        var text = new StringBuilder(call.Name).Append('(');
        ReadOnlySpan<object?> arguments = call.OwnArguments;
        for (int i = 0; i < arguments.Length; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(arguments[i] switch
            {
                Data data => CallName.OfData(data.Value),
                RunToken token => token.Name,
                ValueExpression => "·",
                object plain => CallName.OfData(plain),
                null => "null",
            });
        }

        return text.Append(')').ToString();
    }
}
