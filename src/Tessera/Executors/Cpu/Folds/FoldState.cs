using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>The memory of a reduction's states for one region of results, which lie there as <see cref="StateLayout"/> says.</summary>
internal readonly record struct FoldState(nint Address, Reduction Reduction, long Elements)
{
    private const int Piece = 1 << 30; // elements: a span has no more than 2^31

    public nint Component(int index) => Address + (nint)StateLayout.OffsetOf(index, Reduction, Elements);

    /// <summary>Sets every state to that of no values at all.</summary>
    public void Clear()
    {
        for (int i = 0; i < Reduction.State.Length; i++)
        {
            StateComponent component = Reduction.State[i];
            Fill(Component(i), Elements, component.Type.Size, component.IdentityBits, Piece);
        }
    }

    /// <summary>Repeats an element's bits.</summary>
    /// <param name="address">Of the first.</param>
    /// <param name="elements">How many.</param>
    /// <param name="size">Bytes of each: 1, 2, 4 or 8.</param>
    /// <param name="bits">In the low bytes.</param>
    /// <param name="piece">Elements at a time.</param>
    internal static unsafe void Fill(nint address, long elements, int size, long bits, int piece)
    {
        for (long done = 0; done < elements; done += piece)
        {
            int count = (int)Math.Min(piece, elements - done);
            void* first = (byte*)address + (done * size);
            switch (size)
            {
                case 1: new Span<byte>(first, count).Fill((byte)bits); break;
                case 2: new Span<short>(first, count).Fill((short)bits); break;
                case 4: new Span<int>(first, count).Fill((int)bits); break;
                case 8: new Span<long>(first, count).Fill(bits); break;
                default: throw new InvalidOperationException($"There are no states of {size} bytes. This is an error in Tessera; please report it.");
            }
        }
    }
}
