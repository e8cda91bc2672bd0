using System.Runtime.InteropServices;
using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>
/// The memory of a reduction's states for one region of results: component after component, each an array of the region's elements that
/// begins at a multiple of 64 bytes.
/// </summary>
internal readonly record struct FoldState(nint Address, Reduction Reduction, long Elements)
{
    public static long Bytes(Reduction reduction, long elements)
    {
        long bytes = 0;
        foreach (StateComponent component in reduction.State)
            bytes += Scratch.Rounded(elements * component.Type.Size);
        return bytes;
    }

    public nint Component(int index)
    {
        nint address = Address;
        for (int i = 0; i < index; i++)
            address += (nint)Scratch.Rounded(Elements * Reduction.State[i].Type.Size);
        return address;
    }

    /// <summary>Sets every state to that of no values at all.</summary>
    public unsafe void Clear()
    {
        for (int i = 0; i < Reduction.State.Length; i++)
        {
            StateComponent component = Reduction.State[i];
            var bytes = new Span<byte>((void*)Component(i), checked((int)(Elements * component.Type.Size)));
            switch (component.Type.Size)
            {
                case 1: bytes.Fill((byte)component.IdentityBits); break;
                case 2: MemoryMarshal.Cast<byte, short>(bytes).Fill((short)component.IdentityBits); break;
                case 4: MemoryMarshal.Cast<byte, int>(bytes).Fill((int)component.IdentityBits); break;
                default: MemoryMarshal.Cast<byte, long>(bytes).Fill(component.IdentityBits); break;
            }
        }
    }
}
