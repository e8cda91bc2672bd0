namespace Tessera;

/// <summary>How many pixels there are to a unit of length.</summary>
/// <param name="X">Pixels of a row to the unit.</param>
/// <param name="Y">Rows to the unit.</param>
/// <param name="Unit">The unit.</param>
public readonly record struct TiffResolution(double X, double Y, TiffResolutionUnit Unit = TiffResolutionUnit.Inch);
