namespace Tessera.Tests.Pools;

/// <summary>What may be called in a worker.</summary>
public class FunctionTests
{
    private static readonly int[] Inputs = [1, 2, 3];
    private static readonly Func<int, int> Kept = n => n * 100;

    private static int Double(int n) => 2 * n;

    private static string Describe<T>(T value)
        where T : notnull => $"{typeof(T).Name} {value}";

    /// <summary>An object of the user's.</summary>
    private sealed class Scale(int factor)
    {
        public Func<int, int>? Step { get; set; }

        public int Times(int n) => factor * n;

        public int[] All(WorkerPool pool) => pool.Map(n => factor * n + (Step?.Invoke(n) ?? 0), Inputs);
    }

    private static class Generic<T>
    {
        public static string Name(int n) => $"{typeof(T).Name}{n}";
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Methods_of_all_sorts(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        var scale = new Scale(7);
        Assert.Equal([2, 4, 6], pool.Map(Double, Inputs));
        Assert.Equal([7, 14, 21], pool.Map(scale.Times, Inputs));
        Assert.Equal(["Int32 1", "Int32 2", "Int32 3"], pool.Map(Describe, Inputs));
        Assert.Equal(["Version1", "Version2", "Version3"], pool.Map(Generic<Version>.Name, Inputs));
        Assert.Equal(["1", "2", "3"], pool.Map(Convert.ToString, Inputs));
        Assert.Equal([1, 2, 3], pool.Map("abc".IndexOf, new[] { 'b', 'c', 'd' }).Select(n => n < 0 ? 3 : n));
        Assert.Equal([100, 200, 300], pool.Map(Kept, Inputs));
        Assert.Equal([1, 4, 9], pool.Map(Own, Inputs));

        static int Own(int n) => n * n;
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Lambdas_with_what_they_capture(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Equal([11, 12, 13], Add(pool, 10));
        Assert.Equal(["b1", "b2", "b3"], Look(pool, new Dictionary<string, List<string>> { ["a"] = ["b"] }));
        Assert.Equal([5, 10, 15], new Scale(5).All(pool));
        Assert.Equal([7, 14, 21], new Scale(5) { Step = Double }.All(pool));

        static int[] Add(WorkerPool pool, int more) => pool.Map(n => n + more, Inputs);

        static string[] Look(WorkerPool pool, Dictionary<string, List<string>> table) => pool.Map(n => table["a"][0] + n, Inputs);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Local_functions_that_capture(string kind)
    {
        Assert.Equal([4, 5, 6], Shift(Kinds.Shared(kind), 3));

        static int[] Shift(WorkerPool pool, int by)
        {
            return pool.Map(Shifted, Inputs);

            int Shifted(int n) => n + by;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Loop_variables_are_those_of_their_turn(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        var all = new List<Task<int[]>>();
        for (int i = 0; i < 5; i++)
        {
            int turn = i;
            all.Add(pool.MapAsync(n => n + 10 * turn, Inputs));
        }

        foreach (int last in new[] { 50, 60 })
            all.Add(pool.MapAsync(n => n + last, Inputs));
        Assert.Equal([1, 11, 21, 31, 41, 51, 61], (await Task.WhenAll(all)).Select(results => results[0]));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task An_asynchronous_lambda_with_what_it_captures(string kind)
    {
        Assert.Equal(new[] { 11, 12, 13 }, await AddAsync(Kinds.Shared(kind), 10));

        static Task<int[]> AddAsync(WorkerPool pool, int more) => pool.MapAsync(
            async (n, cancellation) =>
            {
                await Task.Delay(1, cancellation);
                return n + more;
            },
            Inputs);
    }

    [Fact]
    public void A_process_has_its_own_copy_of_what_is_captured()
    {
        var counts = new List<int>();
        int[] results = Kinds.Shared("processes").Map(
            n =>
            {
                counts.Add(n);
                return counts.Count;
            },
            Inputs,
            new MapOptions { ChunkSize = 3 });
        Assert.Equal([1, 2, 3], results); // one chunk, one worker
        Assert.Empty(counts);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_deep_recursion_has_the_room_that_it_has_in_a_thread(string kind)
    {
        Assert.Equal([20_000], Kinds.Shared(kind).Map(Depth, new[] { 20_000 }));

        static int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void More_than_a_main_thread_has(string kind)
    {
        const int thousands = 12; // of kilobytes; a main thread has 8
        Assert.Equal([1000 * thousands], Kinds.Shared(kind).Map(Depth, new[] { 1000 * thousands }));

        static int Depth(int n)
        {
            Span<byte> room = stackalloc byte[1024];
            room[n % room.Length] = 1;
            return n == 0 ? 0 : room[n % room.Length] + Depth(n - 1);
        }
    }
}
