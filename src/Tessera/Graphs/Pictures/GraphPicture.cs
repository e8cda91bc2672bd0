namespace Tessera.Graphs;

/// <summary>What a picture of a graph shows, before it is known where anything goes.</summary>
/// <param name="Title">The heading; may be empty.</param>
/// <param name="Nodes">Named by their index in the edges.</param>
/// <param name="Edges">
/// Distinct pairs of nodes, from what is needed to what needs it; no way along them leads back to where it began.
/// </param>
/// <param name="Legend">One line about the colours, or null.</param>
internal sealed record GraphPicture(
    string Title, IReadOnlyList<PictureNode> Nodes, IReadOnlyList<(int From, int To)> Edges, string? Legend = null);
