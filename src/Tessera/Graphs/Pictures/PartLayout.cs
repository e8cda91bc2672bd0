namespace Tessera.Graphs;

/// <summary>Lays out one connected part of a picture.</summary>
/// <param name="Centres">Of the nodes, from the part's own upper left corner.</param>
/// <param name="Edges">In the order in which they were given.</param>
/// <param name="Width">Of all, lanes included.</param>
/// <param name="Height">Of all.</param>
internal sealed record PartLayout(
    IReadOnlyList<(double X, double Y)> Centres, IReadOnlyList<EdgePath> Edges, double Width, double Height)
{
    /// <summary>Enough for a thousand nodes to be joined every which way, few enough for a second's work.</summary>
    private const int ManyPoints = 40_000;

    /// <summary>Lays out nodes of these forms; see <see cref="LayeredGraph.Make"/> for <paramref name="mostPoints"/>.</summary>
    public static PartLayout Of(IReadOnlyList<NodeForm> forms, IReadOnlyList<(int From, int To)> edges, int mostPoints = ManyPoints)
    {
        int[] layers = Layers.Assign(new Links(forms.Count, edges));
        LayeredGraph graph = LayeredGraph.Make(edges, layers, mostPoints);
        LayerOrder order = CrossingReduction.Run(graph);
        double[] x = Columns.Place(graph, order, [.. forms.Select(form => form.Width)]);
        (double left, double right) = Ends(x, forms);
        for (int i = 0; i < x.Length; i++)
            x[i] -= left;

        Rows rows = Rows.Place(graph, order, x, forms);
        EdgePath[] paths = EdgeRouting.Route(graph, edges, forms, x, rows, right - left);
        double width = paths.Select(EdgeRouting.RightEnd).Append(right - left).Max();
        return new([.. forms.Select((_, node) => (x[node], rows.MiddleOf(layers[node])))], paths, width, rows.Height);
    }

    private static (double Left, double Right) Ends(double[] x, IReadOnlyList<NodeForm> forms)
    {
        double left = x.Min(), right = x.Max();
        for (int node = 0; node < forms.Count; node++)
        {
            left = Math.Min(left, x[node] - (forms[node].Width / 2));
            right = Math.Max(right, x[node] + (forms[node].Width / 2));
        }

        return (left, right);
    }
}
