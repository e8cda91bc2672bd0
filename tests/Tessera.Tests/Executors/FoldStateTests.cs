using System.Runtime.InteropServices;
using Tessera.Executors;

namespace Tessera.Tests.Executors;

/// <summary>States are filled in pieces, for they may be more than a span has room for.</summary>
public sealed class FoldStateTests
{
    public static MatrixTheoryData<int, int, int> Cases => new([1, 2, 4, 8], [0, 1, 7, 64, 65], [1, 7, 64, 1 << 30]);

    [Theory, MemberData(nameof(Cases))]
    public unsafe void Every_element_gets_the_bits_and_what_is_beside_them_stays(int size, int elements, int piece)
    {
        const long bits = 0x0123456789ABCDEF;
        byte[] memory = new byte[(elements * size) + 2];
        memory.AsSpan().Fill(0xEE);
        fixed (byte* first = memory)
            FoldState.Fill((nint)(first + 1), elements, size, bits, piece);
        byte[] one = MemoryMarshal.AsBytes([bits])[..size].ToArray();
        Assert.Equal([0xEE, .. Enumerable.Repeat(one, elements).SelectMany(part => part), 0xEE], memory);
    }

    [Fact]
    public void A_size_that_no_state_has_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => FoldState.Fill(0, 1, 16, 0, 1));
    }
}
