namespace Tessera.Diagnostics;

/// <summary>
/// What a user's function is called in messages and pictures: a method by its name, a lambda by its text, shortened:
/// <code>
/// (int n) =&gt; { Thread.Sleep(1000); return n + 1; }     n =&gt; … n + 1
/// </code>
/// </summary>
internal static class FunctionName
{
    private const int Longest = 40;

    public static string Of(Delegate function, string expression)
    {
        string method = function.Method.Name;
        if (!method.StartsWith('<'))
            return method;

        // The compiler calls a local function M in Main "<Main>g__M|0_0", and a lambda "<Main>b__0_0".
        int local = method.IndexOf("g__", StringComparison.Ordinal), bar = method.LastIndexOf('|');
        if (local >= 0 && bar > local)
            return method[(local + 3)..bar];
        return expression == "" ? "lambda" : OfLambda(string.Join(' ', expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string OfLambda(string text)
    {
        int arrow = text.IndexOf("=>", StringComparison.Ordinal);
        if (arrow < 0)
            return Cut(text);

        string body = text[(arrow + 2)..].Trim();
        if (body.StartsWith('{'))
        {
            int result = body.LastIndexOf("return ", StringComparison.Ordinal), end = result < 0 ? -1 : body.IndexOf(';', result);
            body = end < 0 ? "{ … }" : $"… {body[(result + 7)..end]}";
        }

        return Cut($"{Parameters(text[..arrow])} => {body}");
    }

    /// <summary>The parameters' names, without their types: of each the last word before a comma that stands in no brackets.</summary>
    private static string Parameters(string text)
    {
        text = text.Replace("async ", "").Replace("static ", "").Trim();
        if (!text.StartsWith('('))
            return text;

        var names = new List<string>();
        int depth = 0, start = 1;
        for (int i = 1; i < text.Length; i++)
        {
            if (depth == 0 && (text[i] is ',' or ')'))
            {
                names.Add(text[start..i].Trim().Split(' ')[^1]);
                start = i + 1;
            }

            depth += text[i] is '(' or '<' or '[' ? 1 : text[i] is ')' or '>' or ']' ? -1 : 0;
        }

        return names.Count == 1 && names[0] != "" ? names[0] : $"({string.Join(", ", names)})";
    }

    private static string Cut(string text) => text.Length <= Longest ? text : $"{text[..(Longest - 1)]}…";
}
