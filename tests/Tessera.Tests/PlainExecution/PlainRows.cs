using System.Runtime.InteropServices;
using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Tests.PlainExecution;

/// <summary>The inputs of a fused program over a region, each whole, through which a program goes row by row along the inner axis.</summary>
internal sealed class PlainRows
{
    private readonly FusedInputs _inputs;
    private readonly byte[][] _elements;
    private readonly Region _region;

    public PlainRows(PlainElements elements, FusedInputs inputs, Region region)
    {
        (_inputs, _region) = (inputs, region);
        _elements = new byte[inputs.Count][];
        for (int i = 0; i < _elements.Length; i++)
            _elements[i] = Pinned(elements.Of(inputs.Recipes[i], region));
    }

    /// <summary>What a program over these inputs stores, dense in C order.</summary>
    public byte[] Stored(KernelProgram program)
    {
        var kernel = new PlainKernel(program);
        int size = program.Nodes[program.Outputs[0].Node].Type.Size;
        long row = _inputs.InnerAxis < 0 ? 1 : _region.Extent[_inputs.InnerAxis];
        byte[] stored = Pinned(new byte[_region.Length * size]);
        var addresses = new nint[_elements.Length + 1];
        for (long first = 0; first < _region.Length; first += row)
        {
            for (int i = 0; i < _elements.Length; i++)
                addresses[i] = Marshal.UnsafeAddrOfPinnedArrayElement(_elements[i], 0) + (nint)(first * program.Inputs[i].Type.Size);
            addresses[^1] = Marshal.UnsafeAddrOfPinnedArrayElement(stored, 0) + (nint)(first * size);
            kernel.Run(addresses, row);
        }

        GC.KeepAlive(_elements);
        return stored;
    }

    /// <summary>The same bytes where they stay.</summary>
    public static byte[] Pinned(ReadOnlySpan<byte> bytes)
    {
        byte[] pinned = GC.AllocateArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned);
        return pinned;
    }
}
