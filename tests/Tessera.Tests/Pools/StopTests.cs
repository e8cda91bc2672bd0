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
