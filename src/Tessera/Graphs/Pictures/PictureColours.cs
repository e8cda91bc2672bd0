namespace Tessera.Graphs;

/// <summary>The colours that all kinds of picture files share.</summary>
internal static class PictureColours
{
    public const string Paper = "#ffffff", Ink = "#1c2733", Outline = "#4a5d70", Edge = "#73859a";

    private const string Data = "#dcebf7", Function = "#fdf0d0";

    public static (string Fill, string Text) Of(PictureNode node) =>
        node.Heat is { } heat ? HeatColours.Of(heat) : (node.Shape == PictureShape.Data ? Data : Function, Ink);
}
