namespace Tessera.Hdf5Format.Tests;

public sealed class LawTests
{
    [Fact]
    public void Encoding_then_decoding_gives_what_there_was()
    {
        var random = new Random(11);
        foreach (FilterSpec[] specs in Samples.Pipelines())
        {
            var pipeline = new FilterPipeline(specs);
            for (int i = 0; i < 12; i++)
            {
                int length = i < 4 ? i + 1 : random.Next(1, 40_000);
                byte[] raw = i % 3 == 0 ? Samples.Noise(length, i) : Samples.Smooth(length, i);
                byte[] stored = new byte[pipeline.MostEncoded(length)], back = new byte[length];

                int written = pipeline.Encode(raw, stored, out uint mask);
                pipeline.Decode(stored.AsSpan(0, written), mask, back);

                Assert.Equal(raw, back);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(1000)]
    public void Shuffling_sorts_bytes_by_their_place_in_an_element(int size)
    {
        foreach (int length in new[] { 0, size - 1, size, 31 * size + 1, 32 * size, 97 * size + 1, 2000 * size + size - 1 })
        {
            byte[] elements = Samples.Noise(length, length), planes = new byte[length], back = new byte[length];
            ByteShuffle.Apply(elements, planes, size);
            ByteShuffle.Undo(planes, back, size);

            int count = length / size;
            for (int i = 0; i < count * size; i++)
                Assert.Equal(elements[i], planes[i % size * count + i / size]);
            Assert.Equal(elements[(count * size)..], planes[(count * size)..]);
            Assert.Equal(elements, back);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(5)]
    public void Rows_of_bits_become_elements(int size)
    {
        foreach (int count in new[] { 8, 16, 24, 256, 1032 })
        {
            byte[] elements = Samples.Noise(count * size, count), rows = new byte[count * size], back = new byte[count * size];
            for (int i = 0; i < elements.Length; i++)
            {
                for (int bit = 0; bit < 8; bit++)
                    rows[(i % size * 8 + bit) * (count / 8) + i / size / 8] |= (byte)((elements[i] >> bit & 1) << i / size % 8);
            }

            BitShuffle.Undo(rows, back, size);

            Assert.Equal(elements, back);
        }
    }

    [Fact]
    public void A_checksum_is_that_of_the_plain_loop_for_every_length()
    {
        foreach (int length in Enumerable.Range(0, 70).Concat([720, 5759, 5760, 5761, 11521, 100_003]))
        {
            foreach (byte[] bytes in new[] { Samples.Noise(length, length), Enumerable.Repeat((byte)255, length).ToArray(), new byte[length] })
                Assert.Equal(PlainSum(bytes), Fletcher32Filter.Sum(bytes));
        }
    }

    [Fact]
    public void A_checksum_of_old_libraries_with_swapped_bytes_is_accepted()
    {
        byte[] raw = Samples.Noise(1000, 1), stored = new byte[1004], back = new byte[1000];
        var pipeline = new FilterPipeline([Samples.Fletcher32]);
        pipeline.Encode(raw, stored, out _);
        (stored[1000], stored[1001], stored[1002], stored[1003]) = (stored[1001], stored[1000], stored[1003], stored[1002]);

        pipeline.Decode(stored, 0, back);

        Assert.Equal(raw, back);
    }

    private static uint PlainSum(byte[] bytes)
    {
        ulong sum = 0, sums = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (ulong)bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
            sums += sum;
        }

        return (sums == 0 ? 0 : (uint)((sums - 1) % 65535) + 1) << 16 | (sum == 0 ? 0 : (uint)((sum - 1) % 65535) + 1);
    }
}
