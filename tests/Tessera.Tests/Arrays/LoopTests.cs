namespace Tessera.Tests.Arrays;

/// <summary>What loops in user code make, over and over from what they made before, has the right value, and is planned in proportion to its length.</summary>
public class LoopTests
{
    private static readonly ChunkedArray<double> Ones = ChunkedArray.From(Enumerable.Repeat(1.0, 1000).ToArray());

    private static ChunkedArray<double> Square => ChunkedArray.Arange(10_000.0).Reshape(100, 100);

    /// <summary>A step, from what is there and its number.</summary>
    private static ChunkedArray<double> Repeat(int times, ChunkedArray<double> x, Func<ChunkedArray<double>, int, ChunkedArray<double>> step)
    {
        for (int i = 0; i < times; i++)
            x = step(x, i);
        return x;
    }

    private static ChunkedArray<double> Heat(ChunkedArray<double> x) => ChunkedArray.Concatenate([x[..1], (x[..^2] + x[1..^1] + x[2..]) / 3, x[^1..]]);

    private static ChunkedArray<double> Averages(int times)
    {
        var all = new List<ChunkedArray<double>> { ChunkedArray.Ones<double>([1000]) };
        for (int i = 0; i < times; i++)
            all.Add(all.Aggregate((left, right) => left + right) / all.Count);
        return all[^1];
    }

    private static ChunkedArray<double> Made(string loop, int times) => loop switch
    {
        "numbers added" => Repeat(times, ChunkedArray.Zeros<double>([1000]), (x, i) => x + i),
        "an array added" => Repeat(times, Ones, (x, _) => x + Ones),
        "many arrays added" => Repeat(times, ChunkedArray.Zeros<double>([1000]), (x, i) => x + ChunkedArray.From(Enumerable.Repeat((double)i, 1000).ToArray())),
        "divided by its mean" => Repeat(times, Ones, (x, _) => x / x.Mean()),
        "averaged with its reverse" => Repeat(times, ChunkedArray.Arange(1000.0), (x, _) => (x + x[Slice.Reverse]) / 2),
        "averaged with its transpose" => Repeat(times, Square, (x, _) => (x + x.Transpose()) / 2),
        "averaged with itself rolled" => Repeat(times, Ones, (x, _) => (x + ChunkedArray.Concatenate([x[1..], x[..1]])) / 2),
        "averaged with its neighbours" => Repeat(times, ChunkedArray.Arange(201.0), (x, _) => Heat(x)),
        "averages of all before" => Averages(times),
        "slices" => Repeat(times, ChunkedArray.Arange(2.0 * times), (x, _) => x[1..]),
        "slices and additions" => Repeat(times, ChunkedArray.Arange(2.0 * times), (x, _) => x[1..] + 1),
        "transposes and rechunks" => Repeat(2 * times, Square, (x, i) => x.Transpose().Rechunk([1 + (i % 50), 100])),
        "reshapes" => Repeat(2 * times, ChunkedArray.Arange(10_000.0), (x, i) => i % 2 == 0 ? x.Reshape(100, 100) : x.Reshape(10_000)),
        "reshapes and additions" => Repeat(2 * times, ChunkedArray.Arange(10_000.0), (x, i) => (i % 2 == 0 ? x.Reshape(100, 100) : x.Reshape(10_000)) + 1),
        "one element more" => Repeat(times, ChunkedArray.Zeros<double>([1]), (x, i) => ChunkedArray.Concatenate([x, ChunkedArray.Full((double)i, [1])])),
        "rows divided by their means" => Repeat(times, Square + 1, (x, _) => x / x.Mean(axis: 1, keepDims: true)).Mean(axis: 1),
        "columns without their means" => Repeat(times, Square, (x, _) => x - x.Mean(axis: 0) + (x.Max() * 0.0)).Sum(axis: 0),
        "sums of all pairs" => Repeat(times, ChunkedArray.Ones<double>([64]), (x, _) => (x[.., Slice.NewAxis] + x[Slice.NewAxis, ..]).Mean(axis: 0) / 2),
        _ => throw new ArgumentOutOfRangeException(nameof(loop), loop, null),
    };

    [Theory]
    [InlineData("numbers added", 1000, 7, 499_500)]
    [InlineData("an array added", 1000, 7, 1001)]
    [InlineData("many arrays added", 1000, 5, 499_500)]
    [InlineData("divided by its mean", 100, 3, 1)]
    [InlineData("averaged with its reverse", 100, 1, 499.5)]
    [InlineData("averaged with its transpose", 100, 1, 50.5)]
    [InlineData("averaged with itself rolled", 100, 500, 1)]
    [InlineData("averaged with its neighbours", 100, 100, 100)]
    [InlineData("averages of all before", 100, 1, 1)]
    [InlineData("slices", 1000, 0, 1000)]
    [InlineData("slices and additions", 1000, 0, 2000)]
    [InlineData("transposes and rechunks", 500, 1, 1)]
    [InlineData("reshapes", 500, 77, 77)]
    [InlineData("reshapes and additions", 500, 77, 1077)]
    [InlineData("one element more", 1000, 1000, 999)]
    [InlineData("rows divided by their means", 100, 1, 1)]
    [InlineData("columns without their means", 10, 1, 0)]
    [InlineData("sums of all pairs", 50, 1, 1)]
    public void What_a_loop_makes_has_the_right_value(string loop, int times, int index, double expected)
    {
        double[] elements = Made(loop, times).Compute().ToArray();
        Assert.Equal(expected, elements[index], 1e-6);
    }

    [Fact]
    public void A_hundred_thousand_slices_of_one_array_are_put_together_again()
    {
        ChunkedArray<double> x = ChunkedArray.Arange(100_000.0);
        Assert.Equal(4_999_950_000, ChunkedArray.Concatenate(Enumerable.Range(0, 100_000).Select(i => x[i..(i + 1)])).Sum().Compute());
        Assert.Equal(49_995_000, Delayed.Compute(Enumerable.Range(0, 10_000).Select(i => x[i..(i + 1)].Mean().ToDelayed())).Sum());
    }

    /// <summary>What is allocated counts, which no other work on the machine changes.</summary>
    [Theory]
    [InlineData("sources")]
    [InlineData("strips")]
    [InlineData("delayed")]
    [InlineData("memory")]
    public void Twice_as_many_frames_cost_twice_as_much_to_plan(string kind)
    {
        Planned(kind, 100); // what is made once
        long some = Planned(kind, 2000), twice = Planned(kind, 4000);
        Assert.True(twice < 2.5 * some, $"{some} bytes for 2000 frames, and {twice} for 4000.");

        static long Planned(string kind, int frames)
        {
            var load = Delayed.Function((int i) => new byte[256], "load");
            long before = GC.GetAllocatedBytesForCurrentThread();
            ChunkedArray<byte> stack = ChunkedArray.Stack(Enumerable.Range(0, frames).Select(i => kind switch
            {
                "sources" => ChunkedArray.FromSource<byte>(new Frame([1, 1])),
                "strips" => ChunkedArray.FromSource<byte>(new Frame([4, 16])),
                "delayed" => ChunkedArray.FromDelayed(load(i), [16, 16]),
                _ => ChunkedArray.From(new byte[16, 16]),
            }));
            Assert.NotEmpty(stack.ToString());
            Assert.NotEmpty(stack.Mean().Explain());
            Assert.NotEmpty(stack.Max(axis: 0).Explain());
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private sealed class Frame(Shape chunks) : IBlockSource
    {
        public string Name => "frame";

        public ElementType ElementType => ElementType.Byte;

        public Shape Shape => [16, 16];

        public Shape StorageChunks => chunks;

        public bool IsCheap => true;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation) => destination.Clear();
    }
}
