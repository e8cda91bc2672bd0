using Tessera.Kernels;

namespace Tessera.Executors;

/// <summary>Runs a kernel over a tile, row by row along the inner axis.</summary>
internal static class RowLoop
{
    /// <param name="kernel">Inputs and outputs in the order of the operands.</param>
    /// <param name="extent">Of the tile.</param>
    /// <param name="innerAxis">Along which every operand is dense or, for a scalar input, has the stride 0.</param>
    /// <param name="operands">Inputs, then outputs.</param>
    public static void Run(Kernel kernel, Shape extent, int innerAxis, ReadOnlySpan<Tile> operands)
    {
        var loops = new Loops(extent, innerAxis, operands, reduced: []);
        Span<nint> addresses = stackalloc nint[operands.Length];
        var walk = new Walk(loops, first: 1, operands, addresses, stackalloc long[loops.Count]);
        do
            kernel.Run(addresses, loops.Extent(0));
        while (walk.Next());
    }
}
