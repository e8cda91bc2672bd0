namespace Tessera.Tests.Pools;

public class FailureTests
{
    public static MatrixTheoryData<string, int?, int> KindsChunksAndWorkers => new(["threads", "processes"], [null, 1, 7, 1000], [1, 3]);

    private sealed class DetailedException(string message, string detail, Exception inner) : InvalidOperationException(message, inner)
    {
        public string Detail { get; } = detail;
    }

    private sealed class UntellableException(string message) : FormatException(message)
    {
        public FileStream File { get; } = new(Environment.ProcessPath!, FileMode.Open, FileAccess.Read);
    }

    private static int Fail(int n)
    {
        if (n != 5)
            return n;
        try
        {
            throw new FileNotFoundException("No such page.", "page.txt");
        }
        catch (FileNotFoundException reason)
        {
            throw new DetailedException("Broken.", "left", reason);
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_failure_tells_what_and_where_and_for_which_input(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        var failure = Assert.Throws<WorkerException>(() => pool.Map(Fail, Enumerable.Range(0, 10)));
        Assert.Equal(5, failure.Index);
        Assert.Equal("Fail failed for input 5: Broken.", failure.Message);
        var cause = Assert.IsType<DetailedException>(failure.InnerException);
        Assert.Equal(("Broken.", "left"), (cause.Message, cause.Detail));
        Assert.Contains(nameof(Fail), cause.StackTrace);
        Assert.Contains(nameof(Fail), failure.ToString());
        Assert.Equal("page.txt", Assert.IsType<FileNotFoundException>(cause.InnerException).FileName);
        Assert.Equal([1], pool.Map(Fail, new[] { 1 }));
    }

    [Theory, MemberData(nameof(KindsChunksAndWorkers))]
    public void The_first_failure_in_the_order_of_the_inputs_is_told_and_all_before_it_were_called(string kind, int? chunkSize, int workers)
    {
        using WorkerPool pool = Kinds.Make(kind, workers);
        for (int round = 0; round < 5; round++)
        {
            using var marks = new Marks();
            var options = new MapOptions { ChunkSize = chunkSize };
            var failure = Assert.Throws<WorkerException>(() => pool.Map(MarkOrFail, Enumerable.Range(0, 60).Select(n => (marks, n)), options));
            Assert.Equal((23, "Odd 23."), (failure.Index, failure.InnerException!.Message));
            Assert.All(Enumerable.Range(0, 23), n => Assert.True(marks.Has($"{n}")));
        }

        static int MarkOrFail((Marks Marks, int Number) input)
        {
            if (input.Number is 23 or 24 or 30 or 50)
                throw new InvalidDataException($"Odd {input.Number}.");
            if (input.Number < 23 && input.Number % 5 == 0)
                Thread.Sleep(2); // others fail meanwhile
            input.Marks.Make($"{input.Number}");
            return input.Number;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Results_before_a_failure_still_come(string kind)
    {
        foreach (int? chunkSize in new int?[] { null, 1, 4, 100 })
        {
            var results = new List<int>();
            var failure = Assert.Throws<WorkerException>(() =>
            {
                foreach (int result in Kinds.Shared(kind).MapLazy(Fail, Enumerable.Range(0, 40), new MapOptions { ChunkSize = chunkSize }))
                    results.Add(result);
            });
            Assert.Equal(5, failure.Index);
            Assert.Equal([0, 1, 2, 3, 4], results);
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void An_applied_function_has_no_index(string kind)
    {
        var failure = Assert.Throws<WorkerException>(() => Kinds.Shared(kind).Apply(Fail, 5));
        Assert.Null(failure.Index);
        Assert.Equal("Fail failed: Broken.", failure.Message);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_failing_sequence_throws_its_own_exception(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Equal("End.", Assert.Throws<EndOfStreamException>(() => pool.Map(n => n, Broken())).Message);
        Assert.Equal("End.", (await Assert.ThrowsAsync<EndOfStreamException>(() => pool.MapAsync(n => n, Broken()))).Message);
        var results = new List<int>();
        Assert.Throws<EndOfStreamException>(() => results.AddRange(Seen(pool.MapLazy(n => n, Broken()), results)));
        Assert.Equal([0, 1, 2], results);
        results.Clear();
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            await foreach (int result in pool.MapLazyAsync(n => n, BrokenAsync()))
                results.Add(result);
        });
        Assert.Equal([0, 1, 2], results);
        Assert.Equal([1], pool.Map(n => n, new[] { 1 }));

        static IEnumerable<int> Broken()
        {
            for (int i = 0; i < 3; i++)
                yield return i;
            throw new EndOfStreamException("End.");
        }

        static async IAsyncEnumerable<int> BrokenAsync()
        {
            await Task.Yield();
            foreach (int n in Broken())
                yield return n;
        }

        static int[] Seen(IEnumerable<int> all, List<int> results)
        {
            foreach (int result in all)
                results.Add(result);
            return [];
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_sequence_that_fails_after_a_failing_input_does_not_hide_it(string kind)
    {
        for (int round = 0; round < 20; round++)
            Assert.Equal(5, Assert.Throws<WorkerException>(() => Kinds.Shared(kind).Map(Fail, Broken())).Index);

        static IEnumerable<int> Broken()
        {
            for (int i = 0; i < 8; i++)
                yield return i;
            throw new EndOfStreamException("End.");
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void An_exception_that_cannot_travel_still_tells_its_type_and_message(string kind)
    {
        var failure = Assert.Throws<WorkerException>(() => Kinds.Shared(kind).Map(FailUntellably, new[] { 1, 2 }));
        Assert.Equal((0, "Unreadable 1."), (failure.Index, failure.InnerException!.Message));
        Assert.Contains(nameof(UntellableException), failure.ToString());
        Assert.Contains(nameof(FailUntellably), failure.ToString());

        static int FailUntellably(int n) => throw new UntellableException($"Unreadable {n}.");
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_failing_map_disposes_of_its_inputs(string kind)
    {
        bool isDisposed = false;
        Assert.Throws<WorkerException>(() => Kinds.Shared(kind).Map(Fail, Numbers()));
        Assert.True(isDisposed);

        IEnumerable<int> Numbers()
        {
            try
            {
                for (int i = 0; ; i++)
                    yield return i;
            }
            finally
            {
                isDisposed = true;
            }
        }
    }
}
