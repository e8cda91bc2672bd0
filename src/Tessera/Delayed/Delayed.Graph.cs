namespace Tessera;

public partial class Delayed
{
    /// <summary>The tasks that computing this takes, to be read. Nothing is computed.</summary>
    public TaskGraph Graph(ComputeOptions? options = null) => Computation.PlanFor([Expression], options ?? ComputeOptions.Default).Plan.Graph;

    /// <summary>The calls as written, and the steps and tasks that they become. Nothing is computed.</summary>
    public string Explain(ComputeOptions? options = null) => Explanation.Of(Expression, options ?? ComputeOptions.Default);

    /// <summary>Draws the graph of tasks to a file. Nothing is computed; what happened in a computation is drawn by <see cref="RunProfile.Visualize"/>.</summary>
    /// <inheritdoc cref="TaskGraph.Visualize"/>
    public string Visualize(string path, GraphDetail detail = GraphDetail.Auto, GraphColor color = GraphColor.None, ComputeOptions? options = null) =>
        Graph(options).Visualize(path, detail, color);
}
