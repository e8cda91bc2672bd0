using System.Runtime.Serialization;

namespace Tessera.Tests.Pools;

/// <summary>What can't travel to a process or back.</summary>
public class RefusalTests
{
    private const int Large = 900_000;

    private static readonly int Program = Environment.ProcessId;

    /// <summary>A key that works in one place only: in the program, or in a worker.</summary>
    private sealed record Moody(int Home, bool LikesHome)
    {
        public override int GetHashCode() =>
            Environment.ProcessId == Home == LikesHome ? 1 : throw new NotSupportedException("Not here.");

        public bool Equals(Moody? other) => other?.Home == Home;
    }

    private static readonly WorkerPool Pool = Kinds.Shared("processes");

    [Fact]
    public void A_captured_thing_that_cannot_travel_is_refused_before_anything_runs()
    {
        using var marks = new Marks();
        using var stream = new MemoryStreamed();
        var refusal = Assert.Throws<SerializationException>(() => MapWith(stream, marks));
        Assert.Contains("open", refusal.Message);
        Assert.Contains(nameof(stream), refusal.Message);
        Assert.Empty(marks.Names);
        Assert.Equal([2], Pool.Map(n => n + 1, new[] { 1 }));

        static void MapWith(MemoryStreamed stream, Marks marks) => Pool.Map(
            n =>
            {
                marks.Make("called");
                return n + stream.File.Length;
            },
            new[] { 1, 2 });
    }

    private sealed class MemoryStreamed : IDisposable
    {
        public FileStream File { get; } = new(Environment.ProcessPath!, FileMode.Open, FileAccess.Read);

        public void Dispose() => File.Dispose();
    }

    [Fact]
    public void A_pool_cannot_be_captured_and_the_message_says_what_to_do()
    {
        string says = Assert.Throws<SerializationException>(() => Capture(Kinds.Shared("threads"))).Message;
        Assert.Contains("captured", says, StringComparison.Ordinal);
        Assert.Contains("Make a pool inside the function, or run the function on a pool of threads (WorkerPool.Threads)", says, StringComparison.Ordinal);
        Assert.Equal([3], Kinds.Shared("threads").Map(n => n + Kinds.Shared("threads").Map(one => one + 1, [n]).Single(), new[] { 1 }));
    }

    private static int[] Capture(WorkerPool captured) => Pool.Map(n => n + captured.Workers, new[] { 1 });

    [Fact]
    public void A_refused_map_lets_its_inputs_go()
    {
        bool isDisposed = false;
        Assert.Throws<SerializationException>(() => Capture(Kinds.Shared("threads"), new Disposing(() => isDisposed = true)));
        Assert.True(isDisposed);

        static int[] Capture(WorkerPool captured, IEnumerable<int> inputs) => Pool.Map(n => n + captured.Workers, inputs);
    }

    /// <summary>Has something to let go of from its beginning, as <see cref="File.ReadLines(string)"/> has.</summary>
    private sealed class Disposing(Action dispose) : IEnumerable<int>, IEnumerator<int>
    {
        public int Current => 0;

        object System.Collections.IEnumerator.Current => Current;

        public IEnumerator<int> GetEnumerator() => this;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this;

        public bool MoveNext() => false;

        public void Reset() => throw new NotSupportedException();

        public void Dispose() => dispose();
    }

    [Theory, InlineData(1), InlineData(3), InlineData(100)]
    public void An_input_that_cannot_travel_is_told_by_its_index(int chunkSize)
    {
        object[] inputs = [1, 2, 3, new Lazy<Thread>(Thread.CurrentThread), 5, Thread.CurrentThread];
        var failure = Assert.Throws<WorkerException>(() => Pool.Map(input => input.GetType().Name, inputs, new MapOptions { ChunkSize = chunkSize }));
        Assert.Equal(3, failure.Index);
        Assert.Contains("Thread", Assert.IsType<SerializationException>(failure.InnerException).Message);
        Assert.Equal([2], Pool.Map(n => n + 1, new[] { 1 }));
    }

    [Theory, InlineData(1), InlineData(3), InlineData(100)]
    public void A_result_that_cannot_travel_is_told_by_its_index(int chunkSize)
    {
        var results = new List<object>();
        var failure = Assert.Throws<WorkerException>(() =>
        {
            foreach (object result in Pool.MapLazy(Make, Enumerable.Range(0, 20), new MapOptions { ChunkSize = chunkSize }))
                results.Add(result);
        });
        Assert.Equal(7, failure.Index);
        Assert.Contains("Thread", Assert.IsType<SerializationException>(failure.InnerException).Message);
        Assert.Equal(Enumerable.Range(0, 7).Cast<object>(), results);

        static object Make(int n) => n is 7 or 9 ? Thread.CurrentThread : n;
    }

    [Fact]
    public void A_result_that_cannot_be_read_here_fails_its_input_and_spares_the_others()
    {
        for (int round = 0; round < 3; round++)
        {
            var failure = Assert.Throws<WorkerException>(() => Pool.Map(Make, Enumerable.Range(0, 8).Select(n => (n, Program)), new MapOptions { ChunkSize = 3 }));
            Assert.Equal((4, "Not here."), (failure.Index, failure.InnerException!.Message));
            Assert.Equal([2], Pool.Map(n => n + 1, new[] { 1 }));
        }

        static (Dictionary<Moody, int>, byte[]) Make(int n, int program) =>
            (n == 4 ? new() { [new Moody(program, LikesHome: false)] = 1 } : [], new byte[Large]);
    }

    [Fact]
    public void An_input_that_cannot_be_read_there_fails_and_spares_the_others()
    {
        Dictionary<Moody, int> moody = new() { [new Moody(Program, LikesHome: true)] = 1 };
        var inputs = Enumerable.Range(0, 8).Select(n => (n == 4 ? moody : [], new byte[Large]));
        for (int round = 0; round < 3; round++)
        {
            var failure = Assert.Throws<WorkerException>(() => Pool.Map(Length, inputs, new MapOptions { ChunkSize = 3 }));
            Assert.Equal((4, "Not here."), (failure.Index, failure.InnerException!.Message));
            Assert.Equal([2], Pool.Map(n => n + 1, new[] { 1 }));
        }

        static int Length(Dictionary<Moody, int> table, byte[] bytes) => table.Count + bytes.Length;
    }

    [Fact]
    public void A_function_that_cannot_be_read_there_fails_and_spares_the_next()
    {
        for (int round = 0; round < 3; round++)
        {
            var failure = Assert.Throws<WorkerException>(() => Capture(new() { [new Moody(Program, LikesHome: true)] = 1 }, new byte[Large - 1]));
            Assert.Equal("Not here.", failure.InnerException!.Message);
            Assert.Equal(0, failure.Index);
            Assert.Equal([2], Pool.Map(n => n + 1, new[] { 1 }));
        }

        static int[] Capture(Dictionary<Moody, int> table, byte[] bytes) =>
            Pool.Map(input => input.Length + table.Count + bytes.Length, new[] { new byte[Large], new byte[Large] });
    }

    [Fact]
    public void An_input_that_cannot_be_written_fails_by_its_own_reason()
    {
        var failure = Assert.Throws<WorkerException>(() => Pool.Map(list => list.Count, new[] { Nested(1), Nested(20_000) }));
        Assert.Equal(1, failure.Index);
        Assert.Equal([2], Pool.Map(n => n + 1, new[] { 1 }));

        static List<object> Nested(int depth)
        {
            List<object> list = [Thread.CurrentThread.ManagedThreadId];
            for (int i = 0; i < depth; i++)
                list = [list];
            if (depth > 1)
                list.Add(Thread.CurrentThread);
            return list;
        }
    }

    [Fact]
    public void Large_captured_variables_are_told_by_their_name()
    {
        var warnings = new List<string>();
        using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions { Warning = warnings.Add });
        Assert.Equal([1 + (3 << 20)], Count(pool, new byte[3 << 20]));
        string warning = Assert.Single(warnings);
        Assert.Contains("table", warning);
        Assert.Contains("n => n + table.Length", warning);
        Assert.Contains("3 MiB", warning);
        Assert.Equal([101], Count(pool, new byte[100]));
        Assert.Single(warnings);

        static int[] Count(WorkerPool pool, byte[] table) => pool.Map(n => n + table.Length, new[] { 1 });
    }
}
