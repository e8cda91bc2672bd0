namespace Tessera.TiffFormat;

/// <summary>One image of OME-XML: five axes of planes, and where the planes are.</summary>
/// <param name="Name">What it is called; empty if it isn't.</param>
/// <param name="Order">The axes, fastest first: <c>XYZCT</c>.</param>
/// <param name="Sizes">The sizes of X, Y, Z, C and T.</param>
/// <param name="Samples">Channels that lie together in a page.</param>
/// <param name="Planes">Which directories its planes are.</param>
/// <param name="PixelSize">How large a pixel is, if it is told.</param>
internal sealed record OmeImage(
    string Name, string Order, IReadOnlyDictionary<char, long> Sizes, int Samples, IReadOnlyList<OmePlanes> Planes, TiffPixelSize? PixelSize)
{
    /// <summary>The axes of whole pages, slowest first: <c>TCZ</c>.</summary>
    public string OuterAxes => string.Concat(Order[2..].Reverse());

    /// <summary>How many pages there are along an axis.</summary>
    public long Pages(char axis) => axis == 'C' ? Math.Max(1, Sizes['C'] / Samples) : Sizes[axis];
}

/// <summary>Planes that follow each other in OME-XML (an element TiffData).</summary>
/// <param name="Page">The first page.</param>
/// <param name="Count">How many; null for all from that page on.</param>
/// <param name="First">The place of the first one.</param>
/// <param name="File">The name of the file that they are in; null for the one that says this.</param>
internal readonly record struct OmePlanes(int Page, int? Count, OmePlace First, string? File);

/// <summary>The place of a plane along three axes.</summary>
internal readonly record struct OmePlace(int Z, int C, int T)
{
    /// <summary>The place along one axis.</summary>
    public int Along(char axis) => axis switch { 'Z' => Z, 'C' => C, _ => T };
}
