namespace Tessera.Hdf5Format.Tests;

public sealed class DamageTests(ReferenceChunks chunks) : IClassFixture<ReferenceChunks>
{
    // A chunk is damaged so many times: cut, lengthened, changed in a few bytes, most of them near its head, or in its filters' parameters.
    private const int Mutations = 8;

    [Fact]
    public void Damaged_bytes_and_parameters_end_in_the_right_size_or_in_a_refusal()
    {
        var random = new Random(78);
        int refused = 0;
        foreach (ChunkCase chunk in chunks.All.Where(chunk => chunk.Stored.Length < 40_000))
        {
            for (int i = 0; i < Mutations; i++)
                refused += Try(Damaged(chunk, random, i)) ? 0 : 1;
        }

        Assert.True(refused > 1000, $"only {refused} were refused");
    }

    [Fact]
    public void A_flipped_bit_of_deflated_bytes_is_noticed_unless_it_changes_nothing()
    {
        byte[] raw = Samples.Smooth(5000, 3), stored = new byte[6000], back = new byte[5000];
        var pipeline = new FilterPipeline([Samples.Gzip(4)]);
        int length = pipeline.Encode(raw, stored, out _), refused = 0;
        for (int bit = 16; bit < length * 8; bit++)
        {
            stored[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                pipeline.Decode(stored.AsSpan(0, length), 0, back);
                Assert.Equal(raw, back); // of the fill before the checksum, or the code of a symbol that doesn't occur
            }
            catch (FilterException)
            {
                refused++;
            }

            stored[bit / 8] ^= (byte)(1 << bit % 8);
        }

        Assert.InRange(refused, length * 8 * 99 / 100, length * 8);
    }

    [Fact]
    public void Bytes_that_are_cut_short_anywhere_are_noticed()
    {
        foreach (FilterSpec[] specs in Samples.Pipelines())
        {
            byte[] raw = Samples.Smooth(700, 3), stored = new byte[2000], back = new byte[700];
            var pipeline = new FilterPipeline(specs);
            int length = pipeline.Encode(raw, stored, out uint mask);
            for (int cut = 0; cut < length; cut++)
                Assert.Throws<FilterException>(() => pipeline.Decode(stored.AsSpan(0, cut), mask, back));
        }
    }

    [Fact]
    public void Parameters_that_nest_types_without_end_are_refused()
    {
        uint[] parameters = [.. Enumerable.Repeat(new uint[] { 2, 4 }, 30_000).SelectMany(pair => pair)];
        var pipeline = new FilterPipeline([new(KnownFilters.Nbit, null, true, [(uint)parameters.Length + 3, 0, 10, .. parameters])]);

        Assert.Throws<FilterException>(() => pipeline.Decode(new byte[100], 0, new byte[40]));
    }

    private static bool Try(ChunkCase chunk)
    {
        byte[] decoded = new byte[chunk.Raw.Length];
        try
        {
            chunk.Pipeline.Decode(chunk.Stored, chunk.Mask, decoded);
            return true;
        }
        catch (FilterException)
        {
            return false;
        }
        catch (Exception other)
        {
            throw new Xunit.Sdk.XunitException($"{chunk.Name} ended in {other}");
        }
    }

    private static ChunkCase Damaged(ChunkCase chunk, Random random, int step)
    {
        byte[] stored = [.. chunk.Stored];
        if (step % 4 == 3 && chunk.Filters.Any(filter => filter.Parameters.Length > 0))
        {
            FilterCase[] filters = [.. chunk.Filters.Select(filter => filter with { Parameters = Damaged(filter.Parameters, random) })];
            return chunk with { Filters = filters };
        }

        if (step == 0)
            return chunk with { Stored = stored[..random.Next(stored.Length)] };
        if (step == 1)
            return chunk with { Stored = [.. stored, .. Samples.Noise(random.Next(1, 50), step)] };
        int changes = random.Next(1, 4);
        for (int i = 0; i < changes; i++)
        {
            int at = random.Next(random.Next(2) == 0 ? Math.Min(stored.Length, 40) : stored.Length);
            stored[at] = random.Next(3) switch
            {
                0 => (byte)(stored[at] ^ 1 << random.Next(8)),
                1 => 255,
                _ => (byte)random.Next(256),
            };
        }

        return chunk with { Stored = stored };
    }

    private static uint[] Damaged(uint[] parameters, Random random)
    {
        uint[] damaged = [.. parameters];
        if (random.Next(4) == 0)
            return damaged[..random.Next(damaged.Length + 1)];
        for (int i = 0; i < 2 && damaged.Length > 0; i++)
        {
            ref uint one = ref damaged[random.Next(damaged.Length)];
            one = random.Next(4) switch { 0 => 0, 1 => uint.MaxValue, 2 => one + 1, _ => (uint)random.Next(70_000) };
        }

        return damaged;
    }
}
