using System.Globalization;
using Tessera.Diagnostics;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Writes a call for messages, down to the plain values that it comes from where that is not too long: <c>filter(load("image0003.tif"))</c>.
/// </summary>
internal static class CallName
{
    private const int LongestText = 40, LongestCall = 160, MostArguments = 4, Deepest = 4;

    public static string Of(ValueExpression value)
    {
        string text = Of(value, 1);
        return text.Length <= LongestCall ? text : Of(value, Deepest);
    }

    /// <summary>A plain value, short: numbers and texts as C# writes them, arrays by their lengths, others by their type.</summary>
    public static string OfData(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Cut(text).ReplaceLineEndings("\\n")}\"",
        bool truth => truth ? "true" : "false",
        char or Enum => value.ToString()!,
        Array array => $"{TypeName.Of(array.GetType().GetElementType()!)}[{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]",
        IFormattable number => Cut(number.ToString(null, CultureInfo.InvariantCulture) ?? TypeName.Of(value.GetType())),
        _ => TypeName.Of(value.GetType()),
    };

    private static string Of(ValueExpression value, int depth)
    {
        if (value is not (FunctionCall or Bind))
            return value.Name;

        string name = value.Name.Contains("=>") ? $"({value.Name})" : value.Name;
        if (depth > Deepest)
            return value.Arguments.IsEmpty ? $"{name}()" : $"{name}(…)";

        var arguments = new List<string>();
        foreach (object? argument in value is FunctionCall call ? call.OwnArguments : value.Arguments)
        {
            if (arguments.Count == MostArguments)
            {
                arguments.Add("…");
                break;
            }

            arguments.Add(argument is ValueExpression expression ? Of(expression, depth + 1) : OfData(argument));
        }

        return $"{name}({string.Join(", ", arguments)})";
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…";
}
