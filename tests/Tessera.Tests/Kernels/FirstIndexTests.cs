using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

public unsafe class FirstIndexTests
{
    [Fact]
    public void The_first_of_equal_elements_is_found_at_any_place()
    {
        for (int length = 1; length < 200; length += 13)
        {
            for (int place = 0; place < length; place++)
            {
                byte[] row = new byte[length];
                row.AsSpan(place).Fill(9);
                byte wanted = 9;
                fixed (byte* first = row)
                    Assert.Equal(place, FirstIndex.Of(first, length, wanted));
            }
        }
    }

    [Fact]
    public void NaN_is_found_and_zeros_are_equal_whatever_their_sign()
    {
        double[] row = [.. Enumerable.Repeat(1.0, 50), -0.0, 2, double.NaN, double.NaN];
        fixed (double* first = row)
        {
            Assert.Equal(52, FirstIndex.Of(first, row.Length, double.NaN));
            Assert.Equal(50, FirstIndex.Of(first, row.Length, 0.0));
            Assert.Equal(-1, FirstIndex.Of(first, row.Length, 3.0));
            Assert.Equal(-1, FirstIndex.Of(first, 0, 1.0));
        }
    }
}
