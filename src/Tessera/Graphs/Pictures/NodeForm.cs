namespace Tessera.Graphs;

/// <summary>The text of a node as it is drawn, and the outline around it.</summary>
internal readonly record struct NodeForm(string Text, PictureShape Shape, double Width, double Height)
{
    public const double FontSize = 12;

    /// <summary>The widest text; beyond it a label is cut.</summary>
    private const double WidestText = 190;

    private const double BoxHeight = 28, BoxPadding = 9, NarrowestBox = 34;
    private const double EllipseHeight = 38;

    public bool IsCircle => Shape == PictureShape.Function && Width == Height;

    public static NodeForm Of(PictureNode node)
    {
        string text = TextWidth.Fit(node.Label, FontSize, WidestText);
        double width = TextWidth.Of(text, FontSize);
        if (node.Shape == PictureShape.Data)
            return new(text, node.Shape, Math.Max(NarrowestBox, Math.Ceiling(width + (2 * BoxPadding))), BoxHeight);

        // The corners of the text lie on or inside (x/a)² + (y/b)² = 1.
        double inset = Math.Sqrt(1 - Math.Pow(FontSize / EllipseHeight, 2));
        return new(text, node.Shape, Math.Max(EllipseHeight, Math.Ceiling((width / inset) + 6)), EllipseHeight);
    }

    /// <summary>How far the outline is above and below the centre, so far beside it.</summary>
    public double ReachAt(double beside)
    {
        if (Shape == PictureShape.Data)
            return Math.Abs(beside) <= Width / 2 ? Height / 2 : 0;
        double part = beside / (Width / 2);
        return Height / 2 * Math.Sqrt(Math.Max(0, 1 - (part * part)));
    }
}
