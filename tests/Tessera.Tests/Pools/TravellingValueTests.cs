namespace Tessera.Tests.Pools;

/// <summary>Inputs and results of all shapes.</summary>
public class TravellingValueTests
{
    private enum Colour : byte
    {
        Red = 1,
        Green = 2,
    }

    private sealed record Point(double X, double? Y, Colour Colour, string[]? Names);

    private sealed class Node
    {
        public int Value { get; init; }

        public Node? Next { get; set; }
    }

    private static T Same<T>(T value) => value;

    private static void AssertComesBack<T>(params T[] values)
    {
        foreach (string kind in new[] { "threads", "processes" })
        {
            foreach (int? chunkSize in new int?[] { null, 100 })
                Assert.Equal(values, Kinds.Shared(kind).Map(Same, values, new MapOptions { ChunkSize = chunkSize }));
        }
    }

    [Fact]
    public void Numbers_and_small_values() => AssertComesBack((1, 2.5, 'x', (decimal?)3m, Colour.Green, DateTime.UnixEpoch, Guid.Empty), default);

    [Fact]
    public void Nullable_values() => AssertComesBack<int?>(1, null, 3);

    [Fact]
    public void Strings_and_null() => AssertComesBack("a", null, "", "\0ü\ud83d\ude00", new string('x', 100_000));

    [Fact]
    public void Arrays() => AssertComesBack<int[]?>([1, 2], [], null, [.. Enumerable.Range(0, 300_000)]);

    [Fact]
    public void Arrays_of_arrays() => AssertComesBack<string[][]>([["a"], []], []);

    [Fact]
    public void Objects_of_any_type() => AssertComesBack<object?>(1, "a", null, 2.5, Colour.Red, new Version(1, 2), (3, "b"));

    [Fact]
    public void Dictionaries() => AssertComesBack(new Dictionary<string, int[]> { ["a"] = [1], ["b"] = [] }, []);

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Records(string kind)
    {
        Point[] points = [new(1, null, Colour.Red, null), new(2, 3, Colour.Green, ["a", "b"])];
        Point[] results = Kinds.Shared(kind).Map(point => point with { X = -point.X }, points);
        Assert.Equal([-1, -2], results.Select(point => point.X));
        Assert.Equal(["a", "b"], results[1].Names!);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Inputs_of_one_call_stay_the_same_object(string kind)
    {
        var shared = new Node { Value = 1 };
        Assert.Equal([true], Kinds.Shared(kind).Map((Node a, Node b) => ReferenceEquals(a, b), new[] { (shared, shared) }));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Cycles(string kind)
    {
        var first = new Node { Value = 1 };
        first.Next = new Node { Value = 2, Next = first };
        Node result = Kinds.Shared(kind).Apply(node => node.Next!, first);
        Assert.Equal((2, 1, 2), (result.Value, result.Next!.Value, result.Next.Next!.Value));
        Assert.Same(result, result.Next.Next);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Large_arrays(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        double[][] arrays = [.. Enumerable.Range(0, 4).Select(k => Enumerable.Range(k, 1 << 17).Select(n => (double)n).ToArray())];
        double[][] results = pool.Map(Negated, arrays);
        for (int k = 0; k < arrays.Length; k++)
            Assert.Equal(Negated(arrays[k]), results[k]);

        byte[] larger = new byte[50 << 20];
        (larger[0], larger[^1]) = (1, 2);
        byte[] back = pool.Apply(
            bytes =>
            {
                Array.Reverse(bytes);
                return bytes;
            },
            larger);
        Assert.Equal((larger.Length, 3), (back.Length, back[0] + back[^1]));

        static double[] Negated(double[] values) => [.. values.Select(value => -value)];
    }

    [Fact]
    public void Types_of_generated_sorts_come_back_from_processes()
    {
        WorkerPool pool = Kinds.Shared("processes");
        var results = pool.Map(n => new { Number = n, Text = $"{n}" }, new[] { 1, 2 });
        Assert.Equal("2", results[1].Text);
        IEnumerable<int>[] lists = pool.Map(n => Enumerable.Range(0, n).Select(k => k * k), new[] { 3 });
        Assert.Equal([0, 1, 4], lists[0]);
        Func<int, int>[] functions = pool.Map(Adder, new[] { 5 });
        Assert.Equal(7, functions[0](2));

        static Func<int, int> Adder(int n) => m => n + m;
    }
}
