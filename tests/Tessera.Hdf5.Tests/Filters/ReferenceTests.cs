using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

public sealed class ReferenceTests(ReferenceChunks chunks) : IClassFixture<ReferenceChunks>
{
    [Fact]
    public void Every_chunk_of_the_reference_library_decodes_to_its_elements()
    {
        var wrong = new List<string>();
        foreach (ChunkCase chunk in chunks.All)
        {
            byte[] decoded = new byte[chunk.Raw.Length];
            try
            {
                chunk.Pipeline.Decode(chunk.Stored, chunk.Mask, decoded);
                if (!decoded.AsSpan().SequenceEqual(chunk.Raw))
                    wrong.Add($"{chunk.Name}: byte {decoded.AsSpan().CommonPrefixLength(chunk.Raw)} of {decoded.Length} differs");
            }
            catch (FilterException failure)
            {
                wrong.Add($"{chunk.Name}: {failure.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Many_threads_decode_the_same_pipelines_at_once()
    {
        (ChunkCase Chunk, FilterPipeline Pipeline)[] shared = [.. chunks.All.Select(chunk => (chunk, chunk.Pipeline))];
        Parallel.For(0, 4 * shared.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            (ChunkCase chunk, FilterPipeline pipeline) = shared[i % shared.Length];
            byte[] decoded = new byte[chunk.Raw.Length];
            pipeline.Decode(chunk.Stored, chunk.Mask, decoded);
            Assert.Equal(chunk.Raw, decoded);
        });
    }

    [Fact]
    public void Every_filter_is_among_the_chunks_of_the_reference_library_and_applied()
    {
        if (chunks.Missing.Length > 0)
            Python.Missing(chunks.Missing);

        int[] applied = [.. chunks.All.Where(chunk => chunk.Mask == 0).SelectMany(chunk => chunk.Filters).Select(filter => filter.Id).Distinct().Order()];

        Assert.Equal([1, 2, 3, 4, 5, 6, 307, 32000, 32001, 32004, 32008, 32015], applied);
    }

    [Fact]
    public void What_is_encoded_is_read_by_the_reference_library()
    {
        Python.Require();
        using var folder = new TestFolder();
        ChunkCase[] cases = [.. Encoded()];
        foreach (ChunkCase chunk in cases)
        {
            folder.Put(chunk.Name + ".raw", chunk.Raw);
            folder.Put(chunk.Name + ".stored", chunk.Stored);
        }

        File.WriteAllText(folder.PathOf("cases.json"), JsonSerializer.Serialize(cases));

        Assert.Equal($"{cases.Length}", Python.Run("filters.py", "read", folder.Path));
    }

    [Fact]
    public void A_chunk_that_lzf_does_not_shrink_is_stored_without_it()
    {
        byte[] noise = Samples.Noise(5000, seed: 4), stored = new byte[9000];
        var pipeline = new FilterPipeline([Samples.Lzf(optional: true), Samples.Fletcher32]);

        int length = pipeline.Encode(noise, stored, out uint mask);

        Assert.Equal((5004, 1u), (length, mask));
        Assert.Equal(noise, stored[..5000]);
    }

    private static IEnumerable<ChunkCase> Encoded()
    {
        int number = 0;
        foreach (FilterSpec[] specs in Samples.Pipelines())
        {
            foreach (int length in new[] { 24, 1000 * 24, 24 * 7001 })
            {
                byte[] raw = number % 5 == 0 ? Samples.Noise(length, number) : Samples.Smooth(length, number);
                var pipeline = new FilterPipeline(specs);
                byte[] stored = new byte[pipeline.MostEncoded(length)];
                int written = pipeline.Encode(raw, stored, out uint mask);
                FilterCase[] filters = [.. specs.Select(spec => new FilterCase(spec.Id, spec.Name, spec.IsOptional, spec.Parameters))];
                yield return new($"c{number++}", filters, mask) { ElementSize = ElementSizeOf(specs), Raw = raw, Stored = stored[..written] };
            }
        }
    }

    /// <summary>The reference library replaces shuffle's parameter with the size of the dataset's elements.</summary>
    private static int ElementSizeOf(FilterSpec[] specs) => (int)(specs.FirstOrDefault(spec => spec.Id == KnownFilters.Shuffle)?.Parameters[0] ?? 1);
}
