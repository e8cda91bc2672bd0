using System.Globalization;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>Writes a call for messages: <c>load("image0003.tif")</c>, <c>add(inc(…), 5)</c>.</summary>
internal static class CallName
{
    private const int LongestText = 40, MostArguments = 4;

    public static string Of(ValueExpression value)
    {
        if (value is not (FunctionCall or Bind))
            return value.Name;

        var arguments = new List<string>();
        foreach (object? argument in value.Arguments)
        {
            if (arguments.Count == MostArguments)
            {
                arguments.Add("…");
                break;
            }

            arguments.Add(argument switch
            {
                Data data => data.Name,
                ValueExpression { Arguments.Length: > 0 } call => $"{call.Name}(…)",
                ValueExpression other => other.Name,
                _ => OfData(argument),
            });
        }

        string name = value.Name.Contains("=>") ? $"({value.Name})" : value.Name;
        return $"{name}({string.Join(", ", arguments)})";
    }

    /// <summary>A plain value, short: numbers and texts as C# writes them, arrays by their lengths, others by their type.</summary>
    public static string OfData(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Cut(text)}\"",
        bool truth => truth ? "true" : "false",
        char or Enum => value.ToString()!,
        Array array => $"{array.GetType().GetElementType()!.Name}[{string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}]",
        IFormattable number => Cut(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => value.GetType().Name,
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…";
}
