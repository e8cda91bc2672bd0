using Tessera.Steps;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Steps;

/// <summary>Plans that give other results have other identities, and where that can't be said of a plan, it has none.</summary>
public sealed class PlanContentTests
{
    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    private static readonly Shape Ten = [10];

    private static string? Of<T>(ChunkedArray<T> array)
        where T : unmanaged =>
        Computation.PlanFor(array.Expression, new MemoryDestination(0, array.Expression.ElementType, array.Shape), 0, Serial).Plan.Identity;

    private static string? Of(Delayed value) => Computation.PlanFor([value.Expression], Serial).Plan.Identity;

    private static ChunkedArray<double> Scaled(double factor) => ChunkedArray.FromFunction(index => factor * index[0], Ten);

    private static void AllDiffer(params IReadOnlyList<string?> identities)
    {
        Assert.All(identities, Assert.NotNull);
        Assert.Equal(identities.Count, identities.Distinct().Count());
    }

    [Fact]
    public void Functions_of_the_index_are_told_apart_by_their_code_and_by_what_they_captured()
    {
        ChunkedArray<double> f = ChunkedArray.FromFunction(index => index[0] * 2.0, Ten), g = ChunkedArray.FromFunction(index => index[0] * 3.0, Ten);
        AllDiffer(Of(f), Of(g), Of(f - g), Of(g - f), Of(f - f), Of(Scaled(1)), Of(Scaled(2)), Of(Scaled(1) - Scaled(2)), Of(Scaled(2) - Scaled(1)));
        Assert.Equal(Of(Scaled(2)), Of(Scaled(2)));
    }

    [Fact]
    public void Arrays_in_memory_are_told_apart_by_their_elements()
    {
        double[] zeros = new double[10], ones = [.. Enumerable.Repeat(1.0, 10)];
        ChunkedArray<double> a = ChunkedArray.From(zeros), b = ChunkedArray.From(ones);
        AllDiffer(Of(a), Of(b), Of(a - b), Of(b - a), Of(a - a));
        Assert.Equal(Of(a - b), Of(ChunkedArray.From(new double[10]) - ChunkedArray.From([.. Enumerable.Repeat(1.0, 10)])));
        using PersistedArray<double> c = Scaled(1).Persist(), d = Scaled(2).Persist();
        AllDiffer(Of<double>(c - d), Of<double>(d - c));
    }

    [Fact]
    public void Calls_are_told_apart_by_all_of_what_they_take()
    {
        string folder = new('x', 300);
        var load = Delayed.Function((string path) => path.Length, "load");
        var sum = Delayed.Function((int[] numbers) => numbers.Sum(), "sum");
        int captured = 0;
        var one = Delayed.Function((int n) => n + captured, "f");
        AllDiffer(
            Of(load(folder + "1.tif")),
            Of(load(folder + "2.tif")),
            Of(sum(new[] { 1, 2, 3 })),
            Of(sum(new[] { 1, 2, 4 })),
            Of(Delayed.Function((int n) => n + 1, "f")(1)),
            Of(Delayed.Function((int n) => n + 2, "f")(1)),
            Of(one(1)),
            Of(one(2)));
        string? before = Of(one(1));
        captured = 1;
        Assert.NotEqual(before, Of(one(1)));
        captured = 0;
        Assert.Equal(before, Of(one(1)));
    }

    [Fact]
    public void Calls_by_what_their_values_become()
    {
        var f = Delayed.Function((int n) => n, "f");
        AllDiffer(
            Of(f(1).SelectMany(n => f(n + 1))),
            Of(f(1).SelectMany(n => f(n + 2))),
            Of((ChunkedArray.From([1.0, 2.0]) * 2).ToDelayedTensor()),
            Of((ChunkedArray.From([1.0, 3.0]) * 2).ToDelayedTensor()));
    }

    [Fact]
    public void Files_are_told_apart_by_where_they_are_and_when_they_were_written()
    {
        using var marks = new Marks();
        var files = new List<Hdf5File>();
        string tiff = Path.Combine(marks.Folder, "a.tif"), other = Path.Combine(marks.Folder, "b.tif"), experiment = Path.Combine(marks.Folder, "a.h5");
        ChunkedArray<ushort> image = ChunkedArray.Full<ushort>(7, shape: [4, 5]);
        image.SaveTiff(tiff);
        File.Copy(tiff, other);
        image.SaveHdf5(experiment, "images/first");
        image.SaveHdf5(experiment, "images/second");
        AllDiffer(Of(Stack(tiff)), Of(Stack(other)), Of(Stack(tiff) - Stack(other)), Of(Dataset("images/first")), Of(Dataset("images/second")));

        // However often they are opened, read and planned with.
        ChunkedArray<ushort> read = Stack(tiff), found = Dataset("images/first");
        (string? before, string? beforeFound) = (Of(read), Of(found));
        read.Sum().Compute();
        found.Sum().Compute();
        Assert.Equal(before, Of(read));
        Assert.Equal(before, Of(Stack(tiff)));
        Assert.Equal(beforeFound, Of(found));
        Assert.Equal(beforeFound, Of(Dataset("images/first")));

        File.SetLastWriteTimeUtc(tiff, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(experiment, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.NotEqual(before, Of(Stack(tiff)));
        Assert.NotEqual(beforeFound, Of(Dataset("images/first")));
        files.ForEach(file => file.Dispose());

        static ChunkedArray<ushort> Stack(string path) => ImageStack.Open<ushort>(path);

        ChunkedArray<ushort> Dataset(string name)
        {
            files.Add(Hdf5File.Open(experiment));
            return files[^1].Array<ushort>(name);
        }
    }

    /// <summary>What nobody can write down isn't taken for something else.</summary>
    [Fact]
    public void What_cannot_travel_has_no_identity()
    {
        using var stream = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Options = FileOptions.DeleteOnClose });
        Assert.Null(Of(ChunkedArray.FromFunction(index => stream.Length + index[0], Ten)));
        Assert.Null(Of(Delayed.Function((int n) => stream.Length + n)(1)));
        Assert.NotNull(Of(Scaled(1)));
    }
}
