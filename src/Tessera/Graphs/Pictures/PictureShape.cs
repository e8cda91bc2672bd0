namespace Tessera.Graphs;

/// <summary>What a node of a picture stands for.</summary>
internal enum PictureShape
{
    /// <summary>A box.</summary>
    Data,

    /// <summary>A circle, or an ellipse where the label is long.</summary>
    Function,
}
