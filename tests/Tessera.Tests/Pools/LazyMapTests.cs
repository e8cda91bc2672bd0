using System.Runtime.CompilerServices;

namespace Tessera.Tests.Pools;

public class LazyMapTests
{
    private const int LookAhead = 6;

    public static MatrixTheoryData<string, int?> KindsAndChunks => new(["threads", "processes"], [null, 1, 3, 1000]);

    private static int Negate(int n) => -n;

    /// <summary>All numbers, and how far they were taken.</summary>
    private sealed class Counted : IDisposable
    {
        private int _taken;

        public int Taken => Volatile.Read(ref _taken);

        public bool IsDisposed { get; private set; }

        public IEnumerable<int> Numbers()
        {
            try
            {
                for (int i = 0; ; i++)
                {
                    Volatile.Write(ref _taken, i + 1);
                    yield return i;
                }
            }
            finally
            {
                Dispose();
            }
        }

        public IAsyncEnumerable<int> NumbersAsync(int count = int.MaxValue) => IterateAsync(count, CancellationToken.None);

        private async IAsyncEnumerable<int> IterateAsync(int count, [EnumeratorCancellation] CancellationToken cancellation)
        {
            try
            {
                for (int i = 0; i < count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Volatile.Write(ref _taken, i + 1);
                    if (i % 3 == 0)
                        await Task.Yield();
                    yield return i;
                }
            }
            finally
            {
                Dispose();
            }
        }

        public void Dispose() => IsDisposed = true;
    }

    [Theory, MemberData(nameof(KindsAndChunks))]
    public void An_infinite_sequence_is_taken_so_far_ahead_and_let_go(string kind, int? chunkSize)
    {
        using var source = new Counted();
        var options = new MapOptions { ChunkSize = chunkSize, LookAhead = LookAhead };
        int next = 0;
        foreach (int result in Kinds.Shared(kind).MapLazy(Negate, source.Numbers(), options))
        {
            Assert.Equal(-next++, result);
            Assert.InRange(source.Taken, next, next + LookAhead);
            if (next == 50)
                break;
        }

        Assert.True(source.IsDisposed);
        int taken = source.Taken;
        Thread.Sleep(20);
        Assert.Equal(taken, source.Taken);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Unless_set_four_chunks_a_worker_are_taken_ahead(string kind)
    {
        using var source = new Counted();
        WorkerPool pool = Kinds.Shared(kind);
        int ahead = 4 * 3 * pool.Workers;
        using IEnumerator<int> results = pool.MapLazy(Negate, source.Numbers(), new MapOptions { ChunkSize = 3 }).GetEnumerator();
        Assert.Equal(0, source.Taken);
        Assert.True(results.MoveNext());
        Marks.Await(() => source.Taken == ahead + 1, "all of the look-ahead is used");
        Thread.Sleep(20);
        Assert.Equal(ahead + 1, source.Taken);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Unordered_results_come_each_once(string kind)
    {
        foreach (int? chunkSize in new int?[] { null, 1, 7 })
        {
            var options = new MapOptions { ChunkSize = chunkSize };
            Assert.Equal(Enumerable.Range(0, 1000), Kinds.Shared(kind).MapUnordered(n => n, Enumerable.Range(0, 1000), options).Order());
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void An_unordered_result_does_not_wait_for_those_before_it(string kind)
    {
        using var marks = new Marks();
        using WorkerPool pool = Kinds.Make(kind, 2);
        var results = new List<int>();
        foreach (int result in Unordered(pool, marks))
        {
            results.Add(result);
            if (results.Count == 9)
                marks.Make("go on");
        }

        Assert.Equal(0, results[^1]);
        Assert.Equal(Enumerable.Range(0, 10), results.Order());

        static IEnumerable<int> Unordered(WorkerPool pool, Marks marks) => pool.MapUnordered(
            ((int Number, Marks Marks) input) =>
            {
                if (input.Number == 0)
                    input.Marks.Await("go on");
                return input.Number;
            },
            Enumerable.Range(0, 10).Select(n => (n, marks)),
            new MapOptions { ChunkSize = 1, LookAhead = 20 });
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Asynchronous_streams_give_the_same(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        using var source = new Counted();
        int[] expected = [.. Enumerable.Range(0, 40).Select(n => -n)];
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(expected, await pool.MapLazyAsync(Negate, Enumerable.Range(0, 40)).ToArrayAsync(cancellation));
        Assert.Equal(expected, await pool.MapLazyAsync(Negate, source.NumbersAsync(40)).ToArrayAsync(cancellation));
        Assert.Equal(expected, await pool.MapLazyAsync(LaterAsync, Enumerable.Range(0, 40)).ToArrayAsync(cancellation));
        Assert.Equal(expected, await pool.MapLazyAsync(LaterAsync, source.NumbersAsync(40)).ToArrayAsync(cancellation));
        Assert.Equal(expected, await pool.MapUnorderedAsync(Negate, Enumerable.Range(0, 40)).OrderDescending().ToArrayAsync(cancellation));
        Assert.Equal(expected, await pool.MapUnorderedAsync(Negate, source.NumbersAsync(40)).OrderDescending().ToArrayAsync(cancellation));
        Assert.Equal(expected, await pool.MapUnorderedAsync(LaterAsync, Enumerable.Range(0, 40)).OrderDescending().ToArrayAsync(cancellation));
        Assert.Equal(expected, await pool.MapUnorderedAsync(LaterAsync, source.NumbersAsync(40)).OrderDescending().ToArrayAsync(cancellation));
        Assert.Empty(await pool.MapLazyAsync(Negate, source.NumbersAsync(0)).ToArrayAsync(cancellation));

        static async Task<int> LaterAsync(int n, CancellationToken cancellation)
        {
            await Task.Delay(n % 5, cancellation);
            return -n;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task An_asynchronous_sequence_is_taken_so_far_ahead_and_let_go(string kind)
    {
        using var source = new Counted();
        int next = 0;
        await foreach (int result in Kinds.Shared(kind).MapLazyAsync(Negate, source.NumbersAsync(), new MapOptions { LookAhead = LookAhead }))
        {
            Assert.Equal(-next++, result);
            Assert.InRange(source.Taken, next, next + LookAhead);
            if (next == 50)
                break;
        }

        Assert.True(source.IsDisposed);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_token_given_to_the_enumeration_ends_it(string kind)
    {
        using var source = new Counted();
        using var cancelling = new CancellationTokenSource();
        int seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int result in Kinds.Shared(kind).MapLazyAsync(Negate, source.NumbersAsync()).WithCancellation(cancelling.Token))
            {
                if (++seen == 10)
                    cancelling.Cancel();
                Assert.InRange(seen, 1, 1000);
            }
        });
        Assert.True(source.IsDisposed);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Each_enumeration_is_a_map_of_its_own(string kind)
    {
        IEnumerable<int> results = Kinds.Shared(kind).MapLazy(Negate, Enumerable.Range(0, 10));
        Assert.Equal(results.ToArray(), results.ToArray());
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Two_enumerations_may_be_under_way_at_once(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        using var source = new Counted();
        Assert.Equal(
            Enumerable.Range(0, 30).Select(n => (-n, -n)),
            pool.MapLazy(Negate, source.Numbers()).Zip(pool.MapLazy(Negate, Enumerable.Range(0, 30))));
    }
}
