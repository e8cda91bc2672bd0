using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

public unsafe class StridedCopyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Any_box_between_any_layouts_is_copied_as_a_plain_loop_would(int size)
    {
        var random = new Random(size);
        for (int round = 0; round < 500; round++)
        {
            int rank = random.Next(0, 6);
            int most = (int)Math.Pow(5000, 1.0 / Math.Max(1, rank));
            long[] extents = [.. Enumerable.Range(0, rank).Select(_ => (long)random.Next(random.Next(10) == 0 ? 0 : 1, most + 1))];
            Layout source = Layout.Random(random, extents, size, isSource: true);
            Layout destination = Layout.Random(random, extents, size, isSource: false);
            byte[] from = new byte[source.Bytes];
            random.NextBytes(from);
            byte[] expected = new byte[destination.Bytes];
            random.NextBytes(expected);
            byte[] actual = [.. expected];

            foreach (long[] index in Indices(extents))
                from.AsSpan((int)source.At(index), size).CopyTo(expected.AsSpan((int)destination.At(index), size));
            fixed (byte* first = from)
            fixed (byte* target = actual)
            {
                StridedCopy.Copy(
                    (nint)first + (nint)source.Offset, source.Strides, (nint)target + (nint)destination.Offset, destination.Strides, extents, size);
            }

            Assert.True(
                expected.AsSpan().SequenceEqual(actual),
                $"{size} bytes, extents {string.Join(' ', extents)}, from {string.Join(' ', source.Strides)} to {string.Join(' ', destination.Strides)}");
        }
    }

    [Fact]
    public void Short_rows_of_every_length_are_copied_and_nothing_beside_them()
    {
        const int Rows = 40, Pitch = 1100;
        byte[] from = new byte[Rows * Pitch];
        new Random(3).NextBytes(from);
        for (int length = 1; length < Pitch - 3; length += length < 140 ? 1 : 37)
        {
            byte[] to = new byte[Rows * (length + 5)];
            fixed (byte* source = from)
            fixed (byte* destination = to)
                StridedCopy.Copy((nint)source + 3, [Pitch, 1], (nint)destination + 2, [length + 5, 1], [Rows, length], 1);

            for (int row = 0; row < Rows; row++)
            {
                ReadOnlySpan<byte> copied = to.AsSpan(row * (length + 5), length + 5);
                Assert.True(copied.Slice(2, length).SequenceEqual(from.AsSpan((row * Pitch) + 3, length)), $"row {row} of {length} bytes");
                Assert.Equal([0, 0, 0, 0, 0], [.. copied[..2], .. copied[(length + 2)..]]);
            }
        }
    }

    [Fact]
    public void A_transposed_matrix_transposed_again_is_the_matrix()
    {
        const int Rows = 301, Columns = 517;
        short[] matrix = [.. Enumerable.Range(0, Rows * Columns).Select(i => (short)(i * 7919))];
        short[] turned = new short[matrix.Length], back = new short[matrix.Length];
        fixed (short* a = matrix)
        fixed (short* b = turned)
        fixed (short* c = back)
        {
            StridedCopy.Copy((nint)a, [2, Columns * 2], (nint)b, [Rows * 2, 2], [Columns, Rows], 2);
            StridedCopy.Copy((nint)b, [2, Rows * 2], (nint)c, [Columns * 2, 2], [Rows, Columns], 2);
        }

        Assert.Equal(matrix[(7 * Columns) + 300], turned[(300 * Rows) + 7]);
        Assert.Equal(matrix, back);
    }

    [Fact]
    public void A_stride_of_zero_repeats_an_element()
    {
        int value = 42;
        int[] row = new int[100];
        fixed (int* first = row)
            StridedCopy.Copy((nint)(&value), [0], (nint)first, [4], [100], 4);
        Assert.All(row, element => Assert.Equal(42, element));
    }

    private static IEnumerable<long[]> Indices(long[] extents)
    {
        long length = extents.Aggregate(1L, (product, extent) => product * extent);
        for (long i = 0; i < length; i++)
        {
            var index = new long[extents.Length];
            long rest = i;
            for (int axis = extents.Length - 1; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, extents[axis]);
            yield return index;
        }
    }

    /// <summary>A box in a buffer: axes in any order, with gaps, backwards, and in a source repeated.</summary>
    private sealed record Layout(long[] Strides, long Offset, long Bytes)
    {
        public static Layout Random(Random random, long[] extents, int size, bool isSource)
        {
            int[] order = [.. Enumerable.Range(0, extents.Length)];
            if (random.Next(3) > 0)
                random.Shuffle(order);
            var strides = new long[extents.Length];
            long stride = size * (random.Next(4) == 0 ? 3 : 1), offset = 0;
            foreach (int axis in order)
            {
                bool repeats = isSource && random.Next(8) == 0;
                strides[axis] = repeats ? 0 : random.Next(5) == 0 ? -stride : stride;
                offset += strides[axis] < 0 ? -strides[axis] * Math.Max(0, extents[axis] - 1) : 0;
                if (!repeats)
                    stride = (stride * Math.Max(1, extents[axis])) + (random.Next(4) == 0 ? random.Next(1, 20) : 0);
            }

            return new Layout(strides, offset, stride + size);
        }

        public long At(long[] index) => Offset + index.Zip(Strides, (i, stride) => i * stride).Sum();
    }
}
