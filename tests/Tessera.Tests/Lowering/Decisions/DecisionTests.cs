using System.Numerics.Tensors;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering.Decisions;

/// <summary>What is asked for more than once is made as often as was decided: counted in readings and calls, never in time.</summary>
[Trait("Scheduler", "threads")]
public class DecisionTests
{
    [Fact]
    public void An_outer_product_makes_its_factor_once()
    {
        ArraySource source = Cheap([500, 200]);
        ChunkedArray<double> x = ChunkedArray.FromSource<int>(source).Cast<double>(), z = x - x.Mean(1, keepDims: true);
        ChunkedArray<double> product = (z[.., Slice.NewAxis] * z[Slice.NewAxis]).Mean(axis: 2);
        Assert.Contains("keep subtract", product.Explain());
        Tensor<double> computed = product.Compute();
        Assert.InRange(source.ElementsRead, source.Shape.Length, 3 * source.Shape.Length); // for the means and for what they are taken from

        Tensor<double> factor = z.Compute();
        double expected = Enumerable.Range(0, 200).Sum(k => factor[3, k] * factor[7, k]) / 200;
        Assert.Equal(expected, computed[3, 7], 1e-6 * Math.Abs(expected) + 1e-9);
    }

    /// <summary>128 MiB of frames: kept for both steps, or for each of them as long as the window is over them.</summary>
    [Theory]
    [InlineData(1024, 1)]
    [InlineData(96, 2)]
    public void A_rolling_window_that_is_used_twice_decodes_each_frame_once_or_in_passes(int budgetMebibytes, int most)
    {
        var movie = new CountedMovie(256, 512);
        var options = new ComputeOptions { MemoryBudget = (long)budgetMebibytes << 20, Scheduler = Schedulers.Serial };
        ChunkedArray<float> x = ChunkedArray.FromSource<ushort>(movie).Cast<float>(), change = x[15..^15] - Rolling(x, 31);
        (change / change.Max(axis: 0)).Max().Compute(options);
        Assert.InRange(movie.Decodes.Min(), 1, most);
        Assert.InRange(movie.Decodes.Max(), 1, most);
    }

    /// <summary>128 MiB of frames are saved in pieces that go through all of them.</summary>
    [Theory]
    [InlineData(160, 1)]
    [InlineData(128, 2)]
    [InlineData(96, 3)]
    [InlineData(64, 3)]
    [InlineData(48, 4)]
    [InlineData(32, 6)]
    public void Pieces_through_all_frames_take_as_many_passes_as_the_budget_goes_into_the_data(int budgetMebibytes, int most)
    {
        var movie = new CountedMovie(64, 1024);
        var profile = new RunProfile();
        ChunkedArray.FromSource<ushort>(movie).Save(new Nowhere([64, 64, 64]), new ComputeOptions { MemoryBudget = (long)budgetMebibytes << 20, Profile = profile });
        Assert.InRange(movie.Decodes.Max(), 1, most);
        Assert.InRange(profile.PeakBytes, 0, (long)budgetMebibytes << 20);
    }

    /// <summary>Of what is planned and of what was run, people are told how often it was decoded.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(32)]
    public void A_plan_that_decodes_a_source_more_than_twice_says_so(int budgetMebibytes)
    {
        var movie = new CountedMovie(64, 1024);
        var profile = new RunProfile();
        var options = new ComputeOptions { MemoryBudget = (long)budgetMebibytes << 20, Profile = profile };
        ChunkedArray<ushort> x = ChunkedArray.FromSource<ushort>(movie);
        x.Save(new Nowhere([64, 64, 64]), options);
        int times = movie.Decodes.Max();
        Assert.True(times > 2);
        Assert.Contains($"read movie {times} times: ", x.Explain(new Nowhere([64, 64, 64]), options));
        Assert.Equal(times * (128L << 20), profile.BytesDecoded);
        Assert.Equal(128L << 20, profile.BytesRead);
        Assert.Contains(" decoded for 128 MiB read", profile.ToString());
    }

    [Fact]
    public void Of_files_that_are_stacked_and_cast_the_files_are_kept_as_they_have_fewer_bytes()
    {
        ArraySource[] files = [.. Enumerable.Range(0, 20).Select(_ => ArraySource.OfInts([256, 256], [256, 256]))];
        ChunkedArray<double> movie = ChunkedArray.Stack(files.Select(file => (ChunkedArray<int>)ChunkedArray.FromSource<int>(file))).Cast<double>(), change = movie - movie.Mean(axis: 0);
        Assert.Contains("keep array source: 256 KiB", change.Max().Explain());
        Assert.DoesNotContain("keep cast", change.Max().Explain());
        change.Max().Compute();
        Assert.All(files, file => Assert.Equal(file.Shape.Length, file.ElementsRead));
    }

    /// <summary>An uncompressed file is cheap to read, but not 31 times over.</summary>
    [Fact]
    public void A_rolling_window_over_what_is_cheap_is_not_read_for_each_of_its_slices()
    {
        ArraySource movie = Cheap([60, 512, 512]);
        ChunkedArray<double> x = ChunkedArray.FromSource<int>(movie).Cast<double>();
        Rolling(x, 31).Max().Compute();
        Assert.InRange(movie.ElementsRead, movie.Shape.Length, 2 * movie.Shape.Length);
    }

    [Fact]
    public void Ten_elements_of_millions_are_computed_by_ten_calls()
    {
        int calls = 0;
        ChunkedArray<double> f = ChunkedArray.FromFunction(index => (double)Interlocked.Increment(ref calls), [50_000_000])[..10];
        Assert.Equal(0, (f - f.Mean()).Sum().Compute(), 1e-9);
        Assert.Equal(10, calls);
    }

    [Fact]
    public void A_column_is_computed_without_its_neighbours()
    {
        int calls = 0;
        ChunkedArray<double> column = ChunkedArray.FromFunction(
            index =>
            {
                Interlocked.Increment(ref calls);
                return (double)index[0];
            },
            [20_000, 20_000])[.., 7];
        var options = new ComputeOptions { MemoryBudget = 4 << 20 };
        Assert.Equal(9999.5, (column - column.Mean()).Max().Compute(options));
        Assert.Equal(20_000, calls);
    }

    [Fact]
    public void Opposite_corners_are_read_without_what_lies_between()
    {
        ArraySource source = ArraySource.OfInts([400, 400], [10, 10]);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(source), first = x[..15, ..15], last = x[^15.., ^15..];
        ((first - last) * (last - first)).Cast<double>().Max().Compute();
        (first - first.Max() + last).Max().Compute();
        Assert.InRange(source.ElementsRead, 1, 2 * 2 * 20 * 20);
    }

    [Fact]
    public void An_image_that_each_frame_is_divided_by_is_decoded_once()
    {
        ArraySource movie = ArraySource.OfInts([50, 512, 512], [1, 512, 512]), flat = ArraySource.OfInts([512, 512], [512, 512]);
        (ChunkedArray.FromSource<int>(movie).Cast<double>() / ChunkedArray.FromSource<int>(flat).Cast<double>()).Max().Compute();
        Assert.Equal(movie.Shape.Length, movie.ElementsRead);
        Assert.Equal(flat.Shape.Length, flat.ElementsRead);
    }

    [Fact]
    public void A_formula_that_is_broadcast_is_computed_once()
    {
        ArraySource row = Cheap([1000]);
        ChunkedArray<double> x = ChunkedArray.From(new double[5_000_000]).Reshape(5000, 1000), formula = ChunkedArray.FromSource<int>(row).Cast<double>().Exp();
        (x + formula).Max().Compute();
        Assert.Equal(1000, row.ElementsRead);
    }

    [Fact]
    public void Results_that_two_slices_share_are_reduced_once()
    {
        ArraySource movie = ArraySource.OfInts([100, 64, 64], [1, 64, 64]);
        ChunkedArray<double> means = ChunkedArray.FromSource<int>(movie).Mean(axes: [1, 2]);
        (means[1..] - means[..^1]).Compute();
        Assert.Equal(movie.Shape.Length, movie.ElementsRead);
        Assert.DoesNotContain("keep array source", (means[1..] - means[..^1]).Explain());
    }

    [Fact]
    public void Chained_normalizations_take_work_in_proportion_to_their_number()
    {
        Assert.InRange(ReadsFor(400), ReadsFor(200), ReadsFor(200) * 5 / 4);
        Assert.InRange(ReadsFor(400), 1, 150);

        static long ReadsFor(int normalizations)
        {
            ArraySource source = Cheap([64, 256]);
            ChunkedArray<double> x = ChunkedArray.FromSource<int>(source).Cast<double>();
            for (int i = 0; i < normalizations; i++)
                x /= x.Mean(axis: 1, keepDims: true);
            x.Compute();
            return source.ElementsRead / source.Shape.Length;
        }
    }

    /// <summary>Two passes over random numbers take less time than keeping them.</summary>
    [Fact]
    public void What_is_cheap_is_made_again()
    {
        ChunkedArray<double> x = new ChunkedRandom(1).Normal([4000, 4000]);
        Assert.DoesNotContain("keep: double (4000, 4000)", (x - x.Mean()).Std().Explain());
        Assert.DoesNotContain("keep: double (4000, 4000)", (x - x.Mean(axis: 0)).Square().Sum().Explain());
    }

    [Fact]
    public void A_plan_tells_its_decisions_with_their_price()
    {
        ChunkedArray<double> x = ChunkedArray.FromSource<int>(new ArraySource(ArraySource.OfZeros([64, 256, 256], [1, 256, 256]).Elements, [1, 256, 256]) { Name = "movie.tif" }).Cast<double>();
        ChunkedArray<double> normalized = x - x.Mean(axis: 0);
        Assert.Contains("keep movie.tif: 16 MiB, saves ", normalized.Max().Explain());
        Assert.Contains(" of reading it 2 times", normalized.Max().Explain());
        string tight = normalized.Max().Explain(new ComputeOptions { MemoryBudget = 12 << 20 });
        Assert.Contains("read movie.tif 2 times: ", tight);
        Assert.Contains("which would take 16 MiB", tight);
        Assert.Contains("keep movie.tif", normalized.Explain(new ArraySink([1, 256, 256])));
    }

    private static ArraySource Cheap(Shape shape) => new(ArraySource.OfInts(shape, Shape.Create([.. shape.Select(_ => 1L)])).Elements, Shape.Create([.. shape.Select(_ => 1L)])) { IsCheap = true };

    private static ChunkedArray<T> Rolling<T>(ChunkedArray<T> x, int window)
        where T : unmanaged =>
        Enumerable.Range(0, window).Select(k => x[k..(k + (int)x.Shape[0] - window + 1)]).Aggregate((sum, next) => sum + next);

    private sealed class Nowhere(Shape storageChunks) : IBlockSink
    {
        public string Name => "nowhere";

        public Shape StorageChunks => storageChunks;

        public void Begin(ElementType elementType, Shape shape)
        {
        }

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
        {
        }

        public void Complete()
        {
        }

        public void Abandon()
        {
        }
    }
}
