using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering.Decisions;

/// <summary>In whatever way a source comes to be asked for more than once, it is seen, and the source is decoded once.</summary>
public sealed class RepeatedDecodeTests
{
    /// <summary>Whichever axis the slice begins in the middle of a storage chunk of, and what destination there is.</summary>
    [Theory]
    [InlineData("memory")]
    [InlineData("mean")]
    [InlineData("sink")]
    [InlineData("sink of sums")]
    [InlineData("sink of others")]
    public void A_slice_that_begins_within_storage_chunks_decodes_each_of_them_once(string destination)
    {
        var options = new ComputeOptions { Scheduler = Schedulers.Serial };
        foreach ((int rows, int columns) in new[] { (5, 0), (0, 5), (5, 5), (95, 13) })
        {
            ArraySource source = ArraySource.OfInts([1100, 2020], [100, 10]);
            ChunkedArray<int> x = ChunkedArray.FromSource<int>(source)[rows.., columns..];
            switch (destination)
            {
                case "memory": (x + 1).Compute(options); break;
                case "mean": x.Mean(axis: 0).Compute(options); break;
                case "sink": x.Save(new ArraySink([100, 10]), options); break;
                case "sink of sums": (x + (2 * x)).Save(new ArraySink([100, 10]), options); break;
                default: x.Save(new ArraySink([70, 500]), options); break;
            }

            string[] decoded = [.. source.Reads.SelectMany(region => ChunksOf(region, 100, 10))];
            Assert.True(decoded.Length == decoded.Distinct().Count(), $"[{rows}.., {columns}..] to {destination}: read as {string.Join(" ", source.Reads)}");
        }

        static IEnumerable<string> ChunksOf(Region region, long height, long width)
        {
            for (long i = region.Start[0] / height; i <= (region.End(0) - 1) / height && region.Length > 0; i++)
            {
                for (long j = region.Start[1] / width; j <= (region.End(1) - 1) / width; j++)
                    yield return $"{i} {j}";
            }
        }
    }

    [Fact]
    public void An_image_of_a_stack_that_each_frame_is_divided_by_is_decoded_once()
    {
        ArraySource movie = ArraySource.OfInts([50, 256, 256], [1, 256, 256]), flats = ArraySource.OfInts([100, 256, 256], [1, 256, 256]);
        (ChunkedArray.FromSource<int>(movie) - ChunkedArray.FromSource<int>(flats)[0]).Max().Compute();
        Assert.Equal(movie.Shape.Length, movie.ElementsRead);
        Assert.Equal(256 * 256, flats.ElementsRead);
    }

    [Fact]
    public void A_pixel_that_is_taken_from_all_others_is_decoded_once()
    {
        ArraySource movie = ArraySource.OfInts([50, 256, 256], [1, 256, 256]), other = ArraySource.OfInts([100, 256, 256], [1, 256, 256]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(movie), y = ChunkedArray.FromSource<int>(other);
        (x - y[0, 0, 0]).Max().Compute();
        Assert.InRange(other.Reads.Count, 1, 1);
        (x - (2 * y[1, 0, 0])).Max().Compute();
        Assert.InRange(other.Reads.Count, 2, 2);
    }

    [Fact]
    public void An_array_that_is_joined_with_itself_is_decoded_once()
    {
        ArraySource movie = ArraySource.OfInts([50, 256, 256], [1, 256, 256]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(movie);
        Assert.Equal(100, ChunkedArray.Concatenate([x, x]).Compute().Lengths[0]);
        Assert.Equal(movie.Shape.Length, movie.ElementsRead);
    }

    [Fact]
    public void A_reduction_that_is_an_output_and_read_by_another_is_reduced_once()
    {
        ArraySource movie = ArraySource.OfInts([50, 256, 256], [1, 256, 256]);
        ChunkedArray<int> most = ChunkedArray.FromSource<int>(movie).Max(axis: 0);
        ChunkedArray.SaveAll([ArrayOutput.Of(most, new ArraySink([64, 256])), ArrayOutput.Of(most * 2, new ArraySink([64, 256])), ArrayOutput.Of(most, new ArraySink([256, 256]))]);
        Assert.Equal(movie.Shape.Length, movie.ElementsRead);
    }

    /// <summary>The box around both would be all of it.</summary>
    [Fact]
    public void A_row_and_a_column_that_are_used_twice_are_decoded_once()
    {
        ArraySource image = ArraySource.OfInts([1024, 1024], [32, 32]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(image), row = x[40], column = x[.., 500];
        ((row - row.Max()) + (column - column.Max())).Max().Compute();
        Assert.InRange(image.ElementsRead, 1, 2 * 32 * 1024);
    }

    [Fact]
    public void Small_windows_that_lie_far_apart_are_kept_alone()
    {
        int calls = 0;
        ChunkedArray<double> f = ChunkedArray.FromFunction(index => (double)Interlocked.Increment(ref calls), [1_000_000, 1_000_000]);
        ChunkedArray<double> sum = Enumerable.Range(0, 8)
            .Select(k => (I: 1000 + (k * 100_003), J: 1000 + (k * 3 % 8 * 100_019)))
            .Select(at => f[at.I..(at.I + 10), at.J..(at.J + 10)])
            .Select(window => window - window.Mean())
            .Aggregate((one, other) => one + other);
        Assert.Equal(0, sum.Sum().Compute(), 1e-6);
        Assert.Equal(800, calls);
    }
}
