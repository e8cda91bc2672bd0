namespace Tessera.Graphs;

/// <summary>One node of a picture.</summary>
/// <param name="Label">Stands in the node, cut where it is long.</param>
/// <param name="Shape">Tells data from functions.</param>
/// <param name="Details">Lines of text for hovering: the full name, bytes, time; may be empty.</param>
/// <param name="Heat">From 0 to 1 in a picture coloured by time, order or memory; null draws the node plain.</param>
internal sealed record PictureNode(string Label, PictureShape Shape, string Details, double? Heat = null)
{
    /// <summary>The text that hovering shows: the whole label, then the details.</summary>
    public string Hover => Details.Length == 0 ? Label : $"{Label}\n{Details}";
}
