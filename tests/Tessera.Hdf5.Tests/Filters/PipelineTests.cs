namespace Tessera.Hdf5Format.Tests;

public sealed class PipelineTests
{
    [Fact]
    public void Filters_have_the_names_that_users_know()
    {
        var pipeline = new FilterPipeline([Samples.Shuffle(4), Samples.Gzip(4), new(32013, "H5Z-ZFP", true, []), new(40000, "mine", true, [1]), new(40001, "", true, [])]);

        Assert.Equal(["shuffle(4)", "gzip(4)", "zfp", "mine(1)", "filter 40001"], pipeline.Filters.Select(filter => filter.ToString()));
    }

    [Fact]
    public void An_unknown_filter_is_told_of_when_a_chunk_needs_it()
    {
        var pipeline = new FilterPipeline([new(40000, "mine", true, []), Samples.Fletcher32]);
        byte[] raw = [1, 2, 3], back = new byte[3], stored = new byte[7];
        raw.CopyTo(stored, 0);
        new FilterPipeline([Samples.Fletcher32]).Encode(raw, stored, out _);

        pipeline.Decode(stored, mask: 1, back);
        Assert.Equal(raw, back);
        var refusal = Assert.Throws<NotSupportedException>(() => pipeline.Decode(stored, mask: 0, back));
        Assert.Contains("'mine' (number 40000)", refusal.Message);
    }

    [Fact]
    public void A_missing_library_is_named_with_what_brings_it()
    {
        var codec = new NativeCodec("zip", 99, ["libnowhere.so.7"], ("libnowhere7", "nowhere-libs", "nowhere", "nowhere-port"));

        var refusal = Assert.Throws<NotSupportedException>(() => codec.Require(codec.Find("anything")));

        foreach (string part in new[] { "'zip' (number 99)", "libnowhere.so.7", "libnowhere7 (Debian, Ubuntu)", "nowhere-libs (Fedora)", "nowhere (macOS", "nowhere-port beside" })
            Assert.Contains(part, refusal.Message);
    }

    [Fact]
    public void A_filter_that_is_only_read_refuses_to_write()
    {
        var pipeline = new FilterPipeline([new(KnownFilters.Zstd, null, true, [])]);

        Assert.Throws<NotSupportedException>(() => pipeline.Encode(new byte[10], new byte[1000], out _));
    }

    [Fact]
    public void Too_few_and_too_many_bytes_are_refused()
    {
        Assert.Throws<FilterException>(() => FilterPipeline.None.Decode(new byte[10], 0, new byte[11]));
        Assert.Throws<FilterException>(() => FilterPipeline.None.Decode(new byte[11], 0, new byte[10]));
        FilterPipeline.None.Decode(new byte[10], 0, new byte[10]);
    }

    [Fact]
    public void A_mask_leaves_filters_out()
    {
        byte[] raw = Samples.Smooth(4000, 2), stored = new byte[8000], back = new byte[4000];
        int length = new FilterPipeline([Samples.Gzip(4)]).Encode(raw, stored, out _);

        new FilterPipeline([Samples.Shuffle(4), Samples.Gzip(4), Samples.Fletcher32]).Decode(stored.AsSpan(0, length), 0b101, back);

        Assert.Equal(raw, back);
    }

    [Fact]
    public void Decoding_allocates_little()
    {
        byte[] raw = Samples.Smooth(640_000, 2), stored = new byte[900_000], back = new byte[640_000];
        var pipeline = new FilterPipeline([Samples.Shuffle(4), Samples.Lzf(optional: true), Samples.Fletcher32]);
        int length = pipeline.Encode(raw, stored, out uint mask);
        for (int i = 0; i < 50; i++)
            pipeline.Decode(stored.AsSpan(0, length), mask, back);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            pipeline.Decode(stored.AsSpan(0, length), mask, back);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
