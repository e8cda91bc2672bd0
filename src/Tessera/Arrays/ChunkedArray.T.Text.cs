using System.Text;

namespace Tessera;

public partial class ChunkedArray<T>
{
    /// <summary>
    /// The plan: the expression as written and as optimized, and the steps it becomes, with their tasks, the bytes that are read and the bytes that
    /// are held at the peak. Nothing is computed.
    /// </summary>
    public string Explain(ComputeOptions? options = null) => Explanation.Of(Expression, options ?? ComputeOptions.Default);

    /// <summary>
    /// The same for <see cref="Save"/> to a sink, whose storage chunks the plan depends on: also how much of the sources is decoded, which is more than all
    /// of it where the budget can't hold what several tasks need. Nothing is computed, and nothing is written.
    /// </summary>
    /// <exception cref="ArgumentException">The sink's storage chunks have another rank than the array.</exception>
    public string Explain(IBlockSink sink, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Results.CheckChunks(Expression, sink);
        return Explanation.Of(Expression, options ?? ComputeOptions.Default, sink);
    }

    /// <summary>The tasks that computing this takes, to be read. Nothing is computed.</summary>
    public TaskGraph Graph(ComputeOptions? options = null) => Results.Graph(Expression, options ?? ComputeOptions.Default);

    /// <summary>Draws the graph of tasks to a file. Nothing is computed; what happened in a computation is drawn by <see cref="RunProfile.Visualize"/>.</summary>
    /// <inheritdoc cref="TaskGraph.Visualize"/>
    public string Visualize(string path, GraphDetail detail = GraphDetail.Auto, GraphColor color = GraphColor.None, ComputeOptions? options = null) =>
        Graph(options).Visualize(path, detail, color);

    /// <summary>A table of bytes, shape, counts of tasks and chunks, and type, for the array and for its largest chunk.</summary>
    public override string ToString() => new ArraySummary(Expression).ToText();

    /// <summary>The table of <see cref="ToString"/> as HTML, beside a picture of the chunk grid in SVG; a fragment to put into a page.</summary>
    public string ToHtml() => new ArraySummary(Expression).ToHtml();

    /// <summary>Writes <see cref="ToHtml"/> as a page to a file and says where on the console.</summary>
    /// <param name="path">The file; a new one among the temporary files when left out.</param>
    /// <returns>The full path of the file.</returns>
    public string Show(string? path = null)
    {
        path = Path.GetFullPath(path ?? Path.Combine(Path.GetTempPath(), $"tessera-{Guid.NewGuid():N}.html"));
        string page = $"<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Array {Shape}</title>\n<body>\n{ToHtml()}</body></html>\n";
        File.WriteAllText(path, page, Encoding.UTF8);
        Console.WriteLine($"Array {Shape} shown in {path}");
        return path;
    }
}
