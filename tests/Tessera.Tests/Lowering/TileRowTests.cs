using Tessera.Executors;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Tests.Lowering;

/// <summary>
/// Kernels work on rows, and a row of few elements costs as much as one of some hundred. So the rows of tasks and of tiles are whole, or long,
/// unless storage must be decoded in pieces of shorter rows. Only planned here: the arrays are too large to be computed.
/// </summary>
public class TileRowTests
{
    /// <summary>Elements of a row that it is worth calling a kernel for.</summary>
    private const long LongRow = 1024;

    private static readonly ComputeOptions Roomy = new() { MemoryBudget = 1L << 40 };

    [Theory]
    [InlineData(200_000, 100)]
    [InlineData(2_000_000, 40)]
    [InlineData(3_000, 5_000)]
    [InlineData(17, 1_000_000)]
    public void Rows_are_whole_when_a_statistic_of_each_is_taken_away(long rows, long columns)
    {
        ChunkedArray<double> x = InMemory([rows, columns]);
        RowsAreLong(x - x.Mean(1, keepDims: true));
        RowsAreLong((x - x.Mean(1, keepDims: true)) / x.Std(1, keepDims: true));
        RowsAreLong((x - x.Mean(1, keepDims: true)).Square().Sum(axis: 1));
        RowsAreLong((x / x.Max(1, keepDims: true)).Mean(axis: 0));
    }

    [Fact]
    public void Rows_are_whole_in_an_outer_product_of_what_was_reduced()
    {
        ChunkedArray<double> x = InMemory([500, 200]), z = (x - x.Mean(1, keepDims: true)) / x.Std(1, keepDims: true);
        RowsAreLong((z[.., Slice.NewAxis] * z[Slice.NewAxis]).Mean(axis: 2).Sum());
        RowsAreLong(z[.., Slice.NewAxis] * z[Slice.NewAxis]);
    }

    /// <summary>A file that is needed twice is held: from then on it is memory, however it was stored.</summary>
    [Fact]
    public void Rows_of_what_is_held_are_long_however_it_was_stored()
    {
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(new UnreadSource([500, 200], [500, 200]));
        ChunkedArray<double> z = x.Cast<double>() - x.Mean(1, keepDims: true);
        RowsAreLong((z[.., Slice.NewAxis] * z[Slice.NewAxis]).Mean(axis: 2), except: "keep");
        ChunkedArray<int> columns = ChunkedArray.FromSource<int>(new UnreadSource([50_000, 300], [50_000, 1]));
        RowsAreLong(columns.Cast<double>() - columns.Mean(1, keepDims: true), except: "keep", leastOfTasks: 50);
    }

    [Fact]
    public void Rows_are_long_in_random_expressions_over_memory()
    {
        var random = new Random(13);
        for (int turn = 0; turn < 500; turn++)
        {
            Shape shape = RandomShape(random, random.Next(1, 5));
            ChunkedArray<double> x = Expression(random, InMemory(shape), random.Next(1, 5));
            RowsAreLong(x, $"turn {turn}, {shape}");
            RowsAreLong(x.Sum(axes: RandomAxes(random, x.Rank)), $"turn {turn}, sum of {shape}");
        }
    }

    private static ChunkedArray<double> Expression(Random random, ChunkedArray<double> x, int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            x = random.Next(6) switch
            {
                0 => x - x.Mean(axes: RandomAxes(random, x.Rank), keepDims: true),
                1 => x / x.Max(axes: RandomAxes(random, x.Rank), keepDims: true),
                2 => (x + 1) * x.Std(axes: RandomAxes(random, x.Rank), keepDims: true),
                3 => x.Transpose(),
                4 when x.Rank < 4 && x.Length < 1 << 20 && x.Shape[0] > 1 => x[.., Slice.NewAxis] - x[..Math.Min(100, (int)x.Shape[0])][Slice.NewAxis][.., ..1],
                _ => x.Sqrt(),
            };
        }

        return x;
    }

    private static int[] RandomAxes(Random random, int rank)
    {
        int[] axes = [.. Enumerable.Range(0, rank).Where(_ => random.Next(2) == 0)];
        return axes.Length > 0 ? axes : [random.Next(rank)];
    }

    private static Shape RandomShape(Random random, int rank)
    {
        double left = Math.Log(1 << 26);
        var sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            double log = axis == rank - 1 ? left * random.NextDouble() : Math.Min(left, random.NextDouble() * Math.Log(1 << 22));
            (sizes[axis], left) = ((long)Math.Exp(log), left - log);
        }

        random.Shuffle(sizes);
        return Shape.Create(sizes);
    }

    private static ChunkedArray<double> InMemory(Shape shape) =>
        ChunkedArray.FromSource<double>(new MemorySource("memory", ElementType.Double, shape, address: 64, new object()));

    private static void RowsAreLong<T>(LazyScalar<T> scalar)
        where T : unmanaged => RowsAreLong(scalar.AsArray());

    private static void RowsAreLong<T>(ChunkedArray<T> array, string? what = null, string? except = null, long leastOfTasks = LongRow)
        where T : unmanaged
    {
        var nowhere = new MemoryDestination(64, array.ElementType, array.Shape);
        Plan plan = Computation.PlanFor(array.Expression, nowhere, 0, Roomy).Plan;
        var kinds = CpuSteps.ForPlan();
        foreach (var tasks in plan.Tasks.GroupBy(planned => planned.Producer.Step, planned => planned.Index))
        {
            Step step = tasks.Key;
            if (step is MergeStep || (except is not null && step.Name.StartsWith(except, StringComparison.Ordinal)))
                continue;

            CpuStep done = step.Accept(kinds);
            int rank = step.RegionOf(0).Rank;
            long[] whole = [.. Enumerable.Range(0, rank).Select(axis => tasks.Max(task => step.RegionOf(task).End(axis)))];
            int inner = Array.FindLastIndex(whole, size => size > 1);
            foreach (int task in tasks)
            {
                if (inner < 0)
                    break;

                Region region = step.RegionOf(task);
                Shape extent = region.Extent, tile = done.TileOf(task);
                bool isRest = region.End(inner) == whole[inner]; // what is left of an axis when it has been cut into equal parts
                Assert.True(
                    (isRest || extent[inner] >= Math.Min(whole[inner], leastOfTasks)) && tile[inner] >= Math.Min(extent[inner], LongRow),
                    $"{what}: {step.Name} over {Shape.Create(whole)}: a task of {extent} in tiles of {tile}.\n{array.Explain(Roomy)}");
            }
        }
    }

    private sealed class UnreadSource(Shape shape, Shape storageChunks) : IBlockSource
    {
        public string Name => "unread";

        public ElementType ElementType => ElementType.Int32;

        public Shape Shape => shape;

        public Shape StorageChunks => storageChunks;

        public bool IsCheap => false;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
