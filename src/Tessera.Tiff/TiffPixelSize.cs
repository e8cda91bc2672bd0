namespace Tessera;

/// <summary>How large a pixel is, in micrometres.</summary>
/// <param name="X">From one column to the next.</param>
/// <param name="Y">From one row to the next.</param>
/// <param name="Z">From one plane in depth to the next; null if it isn't known.</param>
public readonly record struct TiffPixelSize(double X, double Y, double? Z = null);
