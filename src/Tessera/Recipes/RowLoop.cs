using Tessera.Kernels;

namespace Tessera.Recipes;

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
        for (int i = 0; i < operands.Length; i++)
            addresses[i] = operands[i].Address;

        Span<long> index = stackalloc long[loops.Count];
        index.Clear();
        while (true)
        {
            kernel.Run(addresses, loops.Extent(0));
            int loop = 1;
            for (; loop < loops.Count; loop++)
            {
                for (int i = 0; i < addresses.Length; i++)
                    addresses[i] += (nint)loops.Stride(i, loop);
                if (++index[loop] < loops.Extent(loop))
                    break;

                for (int i = 0; i < addresses.Length; i++)
                    addresses[i] -= (nint)(loops.Stride(i, loop) * loops.Extent(loop));
                index[loop] = 0;
            }

            if (loop >= loops.Count)
                return;
        }
    }
}
