using System.Net;
using System.Text;
using Tessera.Diagnostics;
using Tessera.Expressions;

namespace Tessera;

/// <summary>
/// What there is to say of an array at a glance: bytes, shape, counts and type, of the whole and of its largest chunk.
/// </summary>
internal sealed class ArraySummary
{
    private readonly ArrayExpression _array;
    private readonly (string Name, string Array, string Chunk)[] _rows;

    public ArraySummary(ArrayExpression array)
    {
        _array = array;
        Shape chunk = array.Chunks.LargestChunk;
        string type = array.ElementType.Name;
        _rows =
        [
            ("Bytes", ByteSize.Format(checked(array.Shape.Length * array.ElementType.Size)), ByteSize.Format(chunk.Length * array.ElementType.Size)),
            ("Shape", array.Shape.ToString(), chunk.ToString()),
            ("Count", Counted.Of(Explanation.TaskCount(array), "task"), Counted.Of(array.Chunks.Count, "chunk")),
            ("Type", type, $"dense {type}"),
        ];
    }

    /// <summary>The table as text, in columns.</summary>
    public string ToText()
    {
        int first = _rows.Max(row => row.Name.Length), second = Math.Max("Array".Length, _rows.Max(row => row.Array.Length));
        var text = new StringBuilder();
        foreach ((string name, string array, string chunk) in _rows.Prepend(("", "Array", "Chunk")))
            text.Append(name.PadRight(first)).Append("   ").Append(array.PadRight(second)).Append("   ").AppendLine(chunk);
        return text.ToString().TrimEnd();
    }

    /// <summary>The table as HTML, beside a picture of the chunk grid.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder();
        html.AppendLine("<div style=\"display:flex;gap:2em;align-items:center;font-family:sans-serif\">");
        html.AppendLine("<table style=\"border-collapse:collapse;text-align:left\">");
        html.AppendLine("<tr><td></td><th>Array</th><th>Chunk</th></tr>");
        foreach ((string name, string array, string chunk) in _rows)
            html.AppendLine($"<tr><th style=\"padding-right:1em\">{name}</th><td style=\"padding-right:1em\">{WebUtility.HtmlEncode(array)}</td><td>{WebUtility.HtmlEncode(chunk)}</td></tr>");
        html.AppendLine("</table>");
        html.AppendLine(ChunkPicture.Draw(_array.Chunks));
        html.AppendLine("</div>");
        return html.ToString();
    }
}
