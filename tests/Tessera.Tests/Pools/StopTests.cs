namespace Tessera.Tests.Pools;

/// <summary>Cancellation and progress.</summary>
public class StopTests
{
    private sealed class Recorded(Action<RunProgress>? hook = null) : IProgress<RunProgress>
    {
        public List<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value)
        {
            Reports.Add(value);
            hook?.Invoke(value);
        }
    }

    private static int MarkAndWait((Marks Marks, int Number) input)
    {
        input.Marks.Make($"{input.Number:D4}");
        if (input.Number >= 10)
            input.Marks.Await("go on");
        return input.Number;
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Once_the_token_fires_no_input_is_begun(string kind)
    {
        foreach (int? chunkSize in new int?[] { null, 1, 50 })
        {
            using var marks = new Marks();
            using var cancelling = new CancellationTokenSource();
            using WorkerPool pool = Kinds.Make(kind, 2);
            var options = new MapOptions { ChunkSize = chunkSize, Cancellation = cancelling.Token };
            int begun = 0;
            var canceller = new Thread(() =>
            {
                marks.Await("0010");
                cancelling.Cancel();
                begun = marks.Names.Length;
                marks.Make("go on");
            });
            canceller.Start();
            var cancelled = Assert.ThrowsAny<OperationCanceledException>(
                () => pool.Map(MarkAndWait, Enumerable.Range(0, 200).Select(n => (marks, n)), options));
            canceller.Join();
            Assert.Equal(cancelling.Token, cancelled.CancellationToken);
            Assert.InRange(marks.Names.Length - 1, begun, begun + 2); // each worker may have been about to begin one
            Assert.Equal([2], pool.Map(n => n + 1, new[] { 1 }));
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_token_that_has_fired_lets_nothing_begin(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        using var marks = new Marks();
        var options = new MapOptions { Cancellation = new CancellationToken(canceled: true) };
        for (int round = 0; round < 20; round++)
        {
            var cancelled = Assert.ThrowsAny<OperationCanceledException>(() => pool.Map(MarkAndWait, new[] { (marks, 1) }, options));
            Assert.Equal(options.Cancellation, cancelled.CancellationToken);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.MapAsync(MarkAndWait, new[] { (marks, 1) }, options));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.ApplyAsync(MarkAndWait, (marks, 1), options));
        Assert.ThrowsAny<OperationCanceledException>(() => pool.MapLazy(MarkAndWait, new[] { (marks, 1) }, options).Count());
        Assert.Empty(marks.Names);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Cancelling_ends_a_lazy_map(string kind)
    {
        using var cancelling = new CancellationTokenSource();
        var cancelled = Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (int result in Kinds.Shared(kind).MapLazy(n => n, Endless(), new MapOptions { Cancellation = cancelling.Token }))
            {
                if (result == 20)
                    cancelling.Cancel();
                Assert.InRange(result, 0, 1000);
            }
        });
        Assert.Equal(cancelling.Token, cancelled.CancellationToken);

        static IEnumerable<int> Endless()
        {
            for (int i = 0; ; i++)
                yield return i;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_token_that_fires_at_any_moment_gives_all_or_nothing(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        int[] inputs = [.. Enumerable.Range(0, 2000)];
        for (int round = 0; round < 30; round++)
        {
            using var cancelling = new CancellationTokenSource();
            cancelling.CancelAfter(TimeSpan.FromMilliseconds(round * 0.3));
            try
            {
                Assert.Equal(inputs, pool.Map(n => n, inputs, new MapOptions { Cancellation = cancelling.Token }));
            }
            catch (OperationCanceledException)
            {
                // The one or the other.
            }
        }
    }

    public static TheoryData<string> Ways => ["Map", "MapAsync", "MapLazy", "MapUnordered", "MapLazyAsync", "Apply", "ApplyAsync", "ForEach", "array", "array, asynchronously", "delayed"];

    /// <summary>From another thread, at about the time that the map begins; as often as TESSERA_CANCEL_ROUNDS says.</summary>
    [Theory, MemberData(nameof(Ways))]
    public async Task A_token_that_another_thread_fires_gives_all_or_nothing(string way)
    {
        int rounds = Environment.GetEnvironmentVariable("TESSERA_CANCEL_ROUNDS") is { } given ? int.Parse(given) : 300;
        using WorkerPool pool = WorkerPool.Threads(2);
        int[] inputs = [.. Enumerable.Range(0, 2000)];
        ChunkedArray<int> array = ChunkedArray.From(Enumerable.Range(0, 4000).ToArray(), chunks: [100]);
        Delayed<IReadOnlyList<int>> delayed = Delayed.WhenAll(Enumerable.Range(0, 200).Select(i => Delayed.Call(() => i)));
        for (int round = 0; round < rounds; round++)
        {
            using var cancelling = new CancellationTokenSource();
            int wait = round % 5000 * (5000 / Math.Min(rounds, 5000));
            var other = new Thread(() =>
            {
                Thread.SpinWait(wait);
                cancelling.Cancel();
            });
            other.Start();
            try
            {
                Assert.True(await IsWholeAsync(cancelling.Token), $"{way} gave something else than all in round {round}.");
            }
            catch (OperationCanceledException)
            {
                // The one or the other.
            }

            other.Join();
        }

        async Task<bool> IsWholeAsync(CancellationToken token)
        {
            var options = new MapOptions { Cancellation = token };
            var computing = new ComputeOptions { Cancellation = token };
            int calls = 0;
            switch (way)
            {
                case "Map":
                    return pool.Map(n => n, inputs, options).SequenceEqual(inputs);
                case "MapAsync":
                    return (await pool.MapAsync(n => n, inputs, options)).SequenceEqual(inputs);
                case "MapLazy":
                    return pool.MapLazy(n => n, inputs, options).SequenceEqual(inputs);
                case "MapUnordered":
                    return pool.MapUnordered(n => n, inputs, options).Order().SequenceEqual(inputs);
                case "MapLazyAsync":
                    return await pool.MapLazyAsync(n => n, inputs, options).CountAsync(CancellationToken.None) == inputs.Length;
                case "Apply":
                    return pool.Apply(() => 7, options) == 7;
                case "ApplyAsync":
                    return await pool.ApplyAsync(() => 7, options) == 7;
                case "ForEach":
                    pool.ForEach(n => { Interlocked.Increment(ref calls); }, inputs, options);
                    return calls == inputs.Length;
                case "array":
                    return array.Sum().Compute(computing) == 7_998_000;
                case "array, asynchronously":
                    return await array.Sum().ComputeAsync(computing) == 7_998_000;
                default:
                    return delayed.Compute(computing).SequenceEqual(Enumerable.Range(0, 200));
            }
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Progress_ends_with_all_done(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        foreach (bool isKnown in new[] { true, false })
        {
            var progress = new Recorded();
            IEnumerable<int> inputs = Enumerable.Range(0, 300).ToArray();
            pool.Map(n => n, isKnown ? inputs : inputs.Where(n => n >= 0), new MapOptions { Progress = progress });
            Assert.Equal((300, 300, true), (progress.Reports[^1].TasksDone, progress.Reports[^1].TasksTotal, progress.Reports[^1].IsFinal));
            Assert.Equal(isKnown ? 300 : 0, progress.Reports[0].TasksTotal);
            Assert.Equal(progress.Reports.Select(report => report.TasksDone).Order(), progress.Reports.Select(report => report.TasksDone));
            Assert.Single(progress.Reports, report => report.IsFinal);
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_report_that_fails_fails_the_map(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        foreach (int failing in new[] { 0, 1, 100 })
        {
            var progress = new Recorded(report => _ = report.TasksDone >= failing ? throw new InvalidDataException("No bar.") : 0);
            bool isDisposed = false;
            Assert.Equal("No bar.", Assert.Throws<InvalidDataException>(() => pool.Map(n => n, Numbers(), new MapOptions { Progress = progress })).Message);
            Assert.True(isDisposed || failing == 0); // an iterator that was never asked has nothing to dispose of
            Assert.Equal([2], pool.Map(n => n + 1, new[] { 1 }));

            IEnumerable<int> Numbers()
            {
                try
                {
                    for (int i = 0; i < 100; i++)
                        yield return i;
                }
                finally
                {
                    isDisposed = true;
                }
            }
        }
    }
}
