using System.Collections;

namespace Tessera.Tests.Pools;

public class MapTests
{
    private const int Count = 100;

    private static readonly int[] Squares = [.. Enumerable.Range(0, Count).Select(n => n * n)];

    public static MatrixTheoryData<string, int?> KindsAndChunks => new(["threads", "processes"], [null, 1, 7, 1000]);

    public static MatrixTheoryData<string, string> KindsAndInputs =>
        new(["threads", "processes"], ["array", "list", "range", "iterator", "set", "announces more", "announces fewer", "announces none"]);

    public static MatrixTheoryData<string, int> KindsAndWorkers => new(["threads", "processes"], [1, 2, 5]);

    private static int Square(int n) => n * n;

    private static IEnumerable<int> Iterate(int count)
    {
        for (int i = 0; i < count; i++)
            yield return i;
    }

    private static IEnumerable<int> Inputs(string kind) => kind switch
    {
        "array" => [.. Enumerable.Range(0, Count)],
        "list" => Enumerable.Range(0, Count).ToList(),
        "range" => Enumerable.Range(0, Count),
        "iterator" => Iterate(Count),
        "set" => new SortedSet<int>(Enumerable.Range(0, Count)),
        "announces more" => new Announcing(Count + 50),
        "announces fewer" => new Announcing(Count - 70),
        _ => new Announcing(0),
    };

    /// <summary>A collection whose count is not that of its items.</summary>
    private sealed class Announcing(int count) : IReadOnlyCollection<int>, ICollection<int>
    {
        public int Count => count;

        public bool IsReadOnly => true;

        public IEnumerator<int> GetEnumerator() => Iterate(MapTests.Count).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Add(int item) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public bool Contains(int item) => throw new NotSupportedException();

        public void CopyTo(int[] array, int arrayIndex) => throw new NotSupportedException();

        public bool Remove(int item) => throw new NotSupportedException();
    }

    [Theory, MemberData(nameof(KindsAndChunks))]
    public void Results_come_in_the_order_of_the_inputs_for_any_chunk_size(string kind, int? chunkSize)
    {
        var options = new MapOptions { ChunkSize = chunkSize };
        Assert.Equal(Squares, Kinds.Shared(kind).Map(Square, Enumerable.Range(0, Count), options));
    }

    [Theory, MemberData(nameof(KindsAndInputs))]
    public void Any_sequence_will_do(string kind, string inputs)
    {
        foreach (int? chunkSize in new int?[] { null, 7 })
            Assert.Equal(Squares, Kinds.Shared(kind).Map(Square, Inputs(inputs), new MapOptions { ChunkSize = chunkSize }));
    }

    [Theory, MemberData(nameof(KindsAndWorkers))]
    public void Any_number_of_workers_gives_the_same(string kind, int workers)
    {
        using WorkerPool pool = Kinds.Make(kind, workers);
        Assert.Equal(workers, pool.Workers);
        Assert.Equal($"{kind}({workers})", pool.ToString());
        Assert.Equal(Squares, pool.Map(Square, Enumerable.Range(0, Count)));
        Assert.Equal(Squares, pool.MapLazy(Square, Enumerable.Range(0, Count)));
        Assert.Equal(Squares, pool.MapUnordered(Square, Enumerable.Range(0, Count)).Order());
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task No_inputs_give_no_results(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Empty(pool.Map(Square, Array.Empty<int>()));
        Assert.Empty(pool.Map(Square, new List<int>()));
        Assert.Empty(pool.Map(Square, Iterate(0)));
        Assert.Empty(pool.MapLazy(Square, Array.Empty<int>()));
        Assert.Empty(pool.MapUnordered(Square, Iterate(0)));
        Assert.Empty(await pool.MapAsync(Square, Iterate(0)));
        Assert.Empty(await pool.MapAsync(Task.FromResult, Iterate(0)));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task An_asynchronous_map_gives_the_same(string kind) =>
        Assert.Equal(Squares, await Kinds.Shared(kind).MapAsync(Square, Iterate(Count)));

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_hundred_thousand_quick_calls_are_each_made(string kind)
    {
        int[] inputs = [.. Enumerable.Range(0, 100_000)];
        Assert.Equal(inputs.Select(n => n + 1), Kinds.Shared(kind).Map(n => n + 1, inputs));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Functions_of_several_arguments_take_tuples(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        (int, int)[] two = [(1, 2), (3, 4), (5, 6)];
        (int, int, string)[] three = [(1, 2, "a"), (3, 4, "b")];
        (int, int, string, double)[] four = [(1, 2, "a", 0.5), (3, 4, "b", 1.5)];
        Assert.Equal([3, 7, 11], pool.Map((int a, int b) => a + b, two));
        Assert.Equal(["3a", "7b"], pool.Map((int a, int b, string c) => $"{a + b}{c}", three));
        Assert.Equal(["3a1", "7b3"], pool.Map((int a, int b, string c, double d) => $"{a + b}{c}{2 * d}", four));
        Assert.Equal(new[] { 3, 7, 11 }, await pool.MapAsync((int a, int b) => a + b, two));
        Assert.Equal(["3a", "7b"], await pool.MapAsync((int a, int b, string c) => $"{a + b}{c}", three));
        Assert.Equal(["3a1", "7b3"], await pool.MapAsync((int a, int b, string c, double d) => $"{a + b}{c}{2 * d}", four));
        Assert.Equal([3, 7, 11], pool.MapLazy((int a, int b) => a + b, two));
        Assert.Equal(["3a", "7b"], pool.MapLazy((int a, int b, string c) => $"{a + b}{c}", three));
        Assert.Equal(["3a1", "7b3"], pool.MapLazy((int a, int b, string c, double d) => $"{a + b}{c}{2 * d}", four));
        Assert.Equal([3, 7, 11], pool.MapUnordered((int a, int b) => a + b, two).Order());
        Assert.Equal(["3a", "7b"], pool.MapUnordered((int a, int b, string c) => $"{a + b}{c}", three).Order());
        Assert.Equal(["3a1", "7b3"], pool.MapUnordered((int a, int b, string c, double d) => $"{a + b}{c}{2 * d}", four).Order());
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_function_is_applied_to_none_to_four_arguments(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Equal("none", pool.Apply(() => "none"));
        Assert.Equal(4, pool.Apply(Square, 2));
        Assert.Equal("1a", pool.Apply((int a, string b) => $"{a}{b}", 1, "a"));
        Assert.Equal("1a2", pool.Apply((int a, string b, long c) => $"{a}{b}{c}", 1, "a", 2L));
        Assert.Equal("1a2x", pool.Apply((int a, string b, long c, char d) => $"{a}{b}{c}{d}", 1, "a", 2L, 'x'));
        Assert.Equal("none", await pool.ApplyAsync(() => "none"));
        Assert.Equal(4, await pool.ApplyAsync(Square, 2));
        Assert.Equal("1a", await pool.ApplyAsync((int a, string b) => $"{a}{b}", 1, "a"));
        Assert.Equal("1a2", await pool.ApplyAsync((int a, string b, long c) => $"{a}{b}{c}", 1, "a", 2L));
        Assert.Equal("1a2x", await pool.ApplyAsync((int a, string b, long c, char d) => $"{a}{b}{c}{d}", 1, "a", 2L, 'x'));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Missing_arguments_are_named(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Equal("function", Assert.Throws<ArgumentNullException>(() => pool.Map((Func<int, int>)null!, [1])).ParamName);
        Assert.Equal("function", Assert.Throws<ArgumentNullException>(() => pool.Map((Func<int, int, int>)null!, [(1, 2)])).ParamName);
        Assert.Equal("function", Assert.Throws<ArgumentNullException>(() => pool.Apply((Func<int>)null!)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentNullException>(() => pool.Map(Square, (int[])null!)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentNullException>(() => pool.MapLazy(Square, (int[])null!)).ParamName);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Several_maps_may_share_a_pool(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(k => Task.Run(
            () =>
            {
                for (int round = 0; round < 5; round++)
                    Assert.Equal(Enumerable.Range(0, 200).Select(n => n * k), pool.Map((int n, int factor) => n * factor, Iterate(200).Select(n => (n, k))));
            },
            TestContext.Current.CancellationToken)));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Asynchronous_functions_applied_to_arguments_give_their_results(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Equal("none", await pool.ApplyAsync(() => LaterAsync("none")));
        Assert.Equal("1", await pool.ApplyAsync(async (int a) => await LaterAsync(a), 1));
        Assert.Equal("1", await pool.ApplyAsync(LaterAsync, 1));
        Assert.Equal("1a", await pool.ApplyAsync((int a, string b) => LaterAsync($"{a}{b}"), 1, "a"));
        Assert.Equal("1a2", await pool.ApplyAsync((int a, string b, long c) => LaterAsync($"{a}{b}{c}"), 1, "a", 2L));
        Assert.Equal("1a2x", await pool.ApplyAsync((int a, string b, long c, char d) => LaterAsync($"{a}{b}{c}{d}"), 1, "a", 2L, 'x'));

        static async Task<string> LaterAsync<T>(T value)
        {
            await Task.Yield();
            return $"{value}";
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Functions_without_a_result_are_applied_as_well(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        using var marks = new Marks();
        pool.Apply(() => { marks.Make("applied"); });
        await pool.ApplyAsync(() => { marks.Make("begun"); });
        await pool.ApplyAsync(async () =>
        {
            await Task.Yield();
            marks.Make("over");
        });
        Assert.Equal(["applied", "begun", "over"], marks.Names);
        var failure = await Assert.ThrowsAsync<WorkerException>(() => Kinds.Shared(kind).ApplyAsync(() => { throw new InvalidDataException("No."); }));
        Assert.Equal((null, "No."), (failure.Index, failure.InnerException!.Message));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Tuples_are_spread_in_asynchronous_streams_as_well(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(["1a", "2b"], await pool.MapLazyAsync((int a, string b) => $"{a}{b}", new[] { (1, "a"), (2, "b") }).ToArrayAsync(cancellation));
        Assert.Equal(new[] { 6 }, await pool.MapLazyAsync((int a, int b, int c) => a + b + c, new[] { (1, 2, 3) }).ToArrayAsync(cancellation));
        Assert.Equal(new[] { 10 }, await pool.MapLazyAsync((int a, int b, int c, int d) => a + b + c + d, new[] { (1, 2, 3, 4) }).ToArrayAsync(cancellation));
        Assert.Equal(new[] { 3, 7 }, await pool.MapUnorderedAsync((int a, int b) => a + b, new[] { (1, 2), (3, 4) }).Order().ToArrayAsync(cancellation));
        Assert.Equal(new[] { 6 }, await pool.MapUnorderedAsync((int a, int b, int c) => a + b + c, new[] { (1, 2, 3) }).ToArrayAsync(cancellation));
        Assert.Equal(new[] { 10 }, await pool.MapUnorderedAsync((int a, int b, int c, int d) => a + b + c + d, new[] { (1, 2, 3, 4) }).ToArrayAsync(cancellation));
    }
}
