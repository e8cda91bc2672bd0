using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tessera.Diagnostics;
using Tessera.Expressions;
using static System.FormattableString;

namespace Tessera.Lowering;

/// <summary>
/// Writes a call for the text of a plan: the function and its plain arguments. Computed ones are named by the graph, and what a call merely comes after is
/// no part of it. Of an array's elements nothing is said: the steps that make them are in the text already, as they were rewritten.
/// <code>
/// filter(load("image0003.tif"), 2.5)      filter(·, 2.5)
/// </code>
/// </summary>
internal static class CallText
{
    private const int LongestText = 200;

    public static string Of(ValueExpression value)
    {
        if (value is not FunctionCall call)
            return value.PlanText;

        var text = new StringBuilder(call.Name).Append('(');
        ReadOnlySpan<object?> arguments = call.OwnArguments;
        for (int i = 0; i < arguments.Length; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(arguments[i] switch
            {
                Data data => OfData(data.Value),
                RunToken token => token.Name,
                ValueExpression => "·",
                object plain => OfData(plain),
                null => "null",
            });
        }

        return text.Append(')').ToString();
    }

    /// <summary>
    /// A plain value: those of .NET's own types in full, where they are short, and all others by their type. What a user's type says of a value may be another
    /// thing in another process.
    /// </summary>
    private static string OfData(object? value) => value switch
    {
        string { Length: <= LongestText } text => $"\"{text.ReplaceLineEndings("\\n")}\"",
        string text => Invariant($"\"{text[..LongestText].ReplaceLineEndings("\\n")}…\" {text.Length} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}"),
        Enum => Invariant($"{TypeName.Of(value.GetType())}.{value}"),
        IFormattable number when number.GetType().Assembly == typeof(int).Assembly => number.ToString(FormatOf(number), CultureInfo.InvariantCulture),
        IFormattable => TypeName.Of(value.GetType()),
        _ => CallName.OfData(value),
    };

    /// <summary>Dates are written to the last tick; other values are anyway.</summary>
    private static string? FormatOf(IFormattable value) => value is DateTime or DateTimeOffset or TimeOnly ? "O" : null;
}
