namespace Tessera.Lowering;

/// <summary>An array whose destination's chunks end where the storage of a source doesn't, so that several cells need a storage chunk.</summary>
/// <param name="Shape">Of the array.</param>
/// <param name="Chunks">Of the destination.</param>
/// <param name="ElementBytes">Of what is kept if it is made in passes.</param>
internal sealed record CutAcross(Shape Shape, Shape Chunks, int ElementBytes);
