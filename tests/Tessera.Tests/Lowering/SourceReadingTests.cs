using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering;

/// <summary>What is read of a source, and how often.</summary>
public class SourceReadingTests
{
    private static readonly Shape OneByOne = [1, 1, 1];

    [Fact]
    public void Nothing_is_read_before_computing()
    {
        ArraySource source = ArraySource.OfInts([20, 30, 40], [7, 30, 11]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
        ChunkedArray<double> y = x[1..].Transpose().Reshape(-1).Cast<double>() - x.Mean();
        Assert.Contains("array source", y.Explain());
        Assert.NotEmpty(x.ToString()!);
        Assert.Empty(source.Reads);
    }

    /// <summary>Whatever is done with all elements in one pass, a storage chunk is decoded by one task.</summary>
    [Fact]
    public void One_pass_over_everything_reads_each_storage_chunk_once()
    {
        var random = new Random(1);
        for (int turn = 0; turn < 200; turn++)
        {
            Shape shape = [random.Next(1, 20), random.Next(1, 40), random.Next(1, 1000)], storage = [random.Next(1, 50), random.Next(1, 70), random.Next(1, 1500)];
            ArraySource source = ArraySource.OfInts(shape, storage);
            ChunkedArray<int> x = ChunkedArray.FromSource<int>(source, Expressions.TreeBuilder.RandomChunks(random, shape));
            var options = new ComputeOptions { Scheduler = Schedulers.Serial };
            switch (turn % 4)
            {
                case 0: (x + 1).Compute(options); break;
                case 1: (x * x).Sum().Compute(options); break;
                case 2: x.Max(axis: random.Next(3)).Compute(options); break;
                default: x.Std(axes: [0, 2]).Compute(options); break;
            }

            Assert.Equal(shape.Length, source.ElementsRead);
            int touched = source.Reads.Where(region => region.Length > 0).Sum(region => Enumerable.Range(0, 3).Aggregate(1, (count, axis) =>
                count * (int)(((region.End(axis) - 1) / storage[axis]) - (region.Start[axis] / storage[axis]) + 1)));
            int chunks = Enumerable.Range(0, 3).Aggregate(1, (count, axis) => count * (int)((shape[axis] + storage[axis] - 1) / storage[axis]));
            Assert.True(touched == chunks, $"turn {turn}: {shape} stored in {storage}: {touched} readings of {chunks} chunks: {string.Join(" ", source.Reads)}");
        }
    }

    /// <summary>Cuts follow the storage chunks as the slice shows them, from either end.</summary>
    [Fact]
    public void A_pass_over_a_slice_reads_no_storage_chunk_twice()
    {
        var random = new Random(3);
        for (int turn = 0; turn < 100; turn++)
        {
            Shape shape = [random.Next(20, 60), random.Next(20, 60), random.Next(500, 1000)], storage = [random.Next(1, 9), random.Next(5, 30), random.Next(20, 300)];
            ArraySource source = ArraySource.OfZeros(shape, storage);
            ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
            ChunkedArray<int> seen = x[Slice.Of(random.Next(10), null), Slice.Of(^random.Next(1, 10), null, -1), Slice.Of(random.Next(200), ^random.Next(1, 200))];
            var options = new ComputeOptions { Scheduler = Schedulers.Serial };
            if (turn % 2 == 0)
                (seen + 1).Compute(options);
            else
                seen.Sum(axis: random.Next(3)).Compute(options);

            Assert.Equal(seen.Length, source.ElementsRead);
            string[] chunks = [.. source.Reads.SelectMany(region => Chunks(region, storage))];
            Assert.True(chunks.Length == chunks.Distinct().Count(), $"turn {turn}: {shape} stored in {storage}, read as {string.Join(" ", source.Reads)}");
        }

        static IEnumerable<string> Chunks(Region region, Shape storage)
        {
            (long First, long Last)[] along = [.. Enumerable.Range(0, 3).Select(axis => (region.Start[axis] / storage[axis], (region.End(axis) - 1) / storage[axis]))];
            for (long i = along[0].First; i <= along[0].Last; i++)
            {
                for (long j = along[1].First; j <= along[1].Last; j++)
                {
                    for (long k = along[2].First; k <= along[2].Last; k++)
                        yield return $"{i} {j} {k}";
                }
            }
        }
    }

    /// <summary>A reduction over pixels turns their colours outward to have long rows; it still reads pixels, not one colour of each.</summary>
    [Fact]
    public void Rows_of_a_few_elements_are_read_whole()
    {
        ArraySource pixels = ArraySource.OfZeros([300_000, 3], [1, 1]);
        ChunkedArray.FromSource<int>(pixels).Sum(axis: 0).Compute();
        Assert.Equal(pixels.Shape.Length, pixels.ElementsRead);
        Assert.All(pixels.Reads, region => Assert.Equal(3, region.Extent[1]));
        Assert.InRange(pixels.Reads.Count, 1, 30);

        ArraySource bytes = ArraySource.OfZeros([1000, 900], [1, 1]);
        ChunkedArray.FromSource<int>(bytes).Reshape(-1, 3).Max(axis: 0).Compute();
        Assert.InRange(bytes.Reads.Count, 1, 100);
    }

    [Fact]
    public void A_slice_reads_only_what_it_shows()
    {
        Reads(x => x[2..5, 3, ..4], 3 * 4);
        Reads(x => (x + 1)[2..5, 3, ..4] * 2, 3 * 4);
        Reads(x => x.Transpose()[..4, 3], 4 * 20);
        Reads(x => x.Rechunk([5, 5, 5])[^1], 30 * 40);
        Reads(x => x[Slice.Every(5)], 4 * 30 * 40);
        Reads(x => x[Slice.Every(-7), Slice.Every(10)], 3 * 3 * 40);
        Reads(x => x.Max(axis: 0)[4..6], 20 * 2 * 40);
        Reads(x => x.Max(axis: 2)[3, 7..9], 2 * 40);
        Reads(x => ChunkedArray.Stack([x, x + 1, x * 2])[2, ..1, ..1], 40);
        Reads(x => ChunkedArray.Concatenate([x, x + 1])[18..22, 0, 0], 4);
        Reads(x => x[..0], 0);
        Reads(x => x[5][Slice.NewAxis].BroadcastTo([100, 30, 40]), 30 * 40);

        static void Reads(Func<ChunkedArray<int>, ChunkedArray<int>> view, long elements)
        {
            ArraySource source = new(ArraySource.OfInts([20, 30, 40], OneByOne).Elements, OneByOne) { IsCheap = true };
            view(ChunkedArray.FromSource<int>(source)).Compute();
            Assert.Equal(elements, source.ElementsRead);
        }
    }

    [Fact]
    public void Arrays_that_a_slice_does_not_show_are_never_asked()
    {
        ArraySource[] frames = [.. Enumerable.Range(0, 10).Select(_ => ArraySource.OfInts([8, 8], [8, 8]))];
        ChunkedArray<int> movie = ChunkedArray.Stack(frames.Select(frame => ChunkedArray.FromSource<int>(frame)));
        (movie[3..5] + 1).Sum().Compute();
        Assert.Equal([0, 0, 0, 64, 64, 0, 0, 0, 0, 0], frames.Select(frame => (int)frame.ElementsRead));
    }

    [Fact]
    public void A_dear_source_that_is_needed_twice_is_read_once_while_memory_allows()
    {
        foreach (bool isCheap in (bool[])[true, false])
        {
            ArraySource source = new(ArraySource.OfInts([20, 50, 1000], OneByOne).Elements, [7, 50, 333]) { IsCheap = isCheap };
            ChunkedArray<double> x = ChunkedArray.FromSource<int>(source).Cast<double>(), apart = x - x.Mean();
            double first = (apart * apart).Mean().Compute();
            Assert.Equal(isCheap ? 2 * source.Shape.Length : source.Shape.Length, source.ElementsRead);

            // Too little memory to hold it: read twice, with the same answer.
            double second = (apart * apart).Mean().Compute(new ComputeOptions { MemoryBudget = 3 << 20, Scheduler = Schedulers.Serial });
            Assert.Equal(first, second);
            Assert.Equal((isCheap ? 4 : 3) * source.Shape.Length, source.ElementsRead);
        }
    }

    /// <summary>What a frame is divided by comes from the frame itself: it is decoded once, or twice where it can't be held.</summary>
    [Theory]
    [InlineData(1L << 30, 1)]
    [InlineData(5L << 19, 2)]
    public void Frames_that_are_normalized_by_their_own_statistics_are_decoded_once(long budget, int times)
    {
        ArraySource source = ArraySource.OfInts([16, 128, 256], [1, 128, 256]);
        ChunkedArray<double> x = ChunkedArray.FromSource<int>(source).Cast<double>(), mean = x.Mean(axes: [1, 2], keepDims: true);
        var options = new ComputeOptions { MemoryBudget = budget, Scheduler = Schedulers.Serial };
        int computed = 0;
        foreach (ChunkedArray<double> normalized in (ChunkedArray<double>[])[x / mean, (x - mean) / x.Std(axes: [1, 2], keepDims: true)])
        {
            normalized.Max(axis: 0).Sum().Compute(options);
            normalized.Square().Mean().Compute(options);
            computed += 2;
            Assert.InRange(source.ElementsRead, computed * source.Shape.Length, computed * (times + (times - 1)) * source.Shape.Length);
        }
    }

    [Fact]
    public void Of_a_dear_source_only_the_needed_blocks_are_held()
    {
        ArraySource source = ArraySource.OfZeros([64, 128, 1024], [1, 128, 1024]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(source);
        (x[1..3] - x[..2]).Abs().Max().Compute();
        Assert.InRange(source.ElementsRead, 3 * 128 * 1024, 16 * 128 * 1024); // a task reads eight chunks
    }

    [Fact]
    public void Equal_subtrees_are_computed_once()
    {
        ArraySource source = new(ArraySource.OfInts([10, 20, 30], OneByOne).Elements, OneByOne) { IsCheap = true };
        ChunkedArray<int> one = ChunkedArray.FromSource<int>(source), other = ChunkedArray.FromSource<int>(source, chunks: [3, 3, 3]);
        LazyScalar<long> twice = (one + 1).Sum() + (other + 1).Sum();
        Assert.Equal(2 * (one + 1).Sum().Compute(), twice.Compute());
        Assert.Equal(2 * source.Shape.Length, source.ElementsRead);
    }
}
