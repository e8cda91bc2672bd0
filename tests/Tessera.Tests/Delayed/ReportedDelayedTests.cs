using Tessera.Tests.Pools;

namespace Tessera.Tests.Delaying;

/// <summary>Situations in which schedulers elsewhere hang, lose failures or call too often, after public reports: on every scheduler.</summary>
public class ReportedDelayedTests
{
    public static TheoryData<string> Schedulers => ["serial", "1 thread", "2 threads", "processes"];

    private sealed class Coded(string message, int code) : Exception(message)
    {
        public int Code => code;
    }

    private record struct Point(int X, int Y);

    private sealed record Named(string Name, decimal Amount);

    private static ComputeOptions On(string scheduler) => new()
    {
        Scheduler = scheduler switch
        {
            "serial" => Tessera.Schedulers.Serial,
            "1 thread" => Tessera.Schedulers.Threads(1),
            "2 threads" => Tessera.Schedulers.Threads(2),
            _ => Tessera.Schedulers.Processes(Kinds.Shared("processes")),
        },
    };

    private static int Fibonacci(int n) =>
        n < 2 ? n : Delayed.Function((int a, int b) => a + b)(Delayed.Call(() => Fibonacci(n - 1)), Delayed.Call(() => Fibonacci(n - 2))).Compute();

    [Theory, MemberData(nameof(Schedulers))]
    public void Computations_within_calls_give_their_values(string scheduler)
    {
        ComputeOptions options = On(scheduler);
        var nested = Delayed.Function((int n) => Delayed.Function((int k) => k * 2, "twice")(n).Compute(), "nested");
        Assert.Equal(56, Delayed.Compute(Enumerable.Range(0, 8).Select(i => nested(i)), options).Sum());
        Assert.Equal(4 * 4_999_950_000 + 6, Delayed.Compute(Enumerable.Range(0, 4).Select(i => Delayed.Call(() => ChunkedArray.Arange(100_000.0).Sum().Compute() + i)), options).Sum());
        Assert.Equal(34, Delayed.Call(() => Fibonacci(9)).Compute(options));
        var next = Delayed.Function((int n) => n + 1);
        Assert.Equal(3, next(1).SelectMany(value => next(value)).Compute(options));
        if (scheduler != "processes") // whose pool can't travel
            Assert.Equal(36, Delayed.Compute(Enumerable.Range(0, 8).Select(i => Delayed.Call(() => next(i).Compute(options))), options).Sum());
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_failure_is_told_with_all_that_is_in_it(string scheduler)
    {
        ComputeOptions options = On(scheduler);
        Exception outer = Reason(() => throw new InvalidOperationException("outer", new FormatException("inner")));
        Assert.Equal(("outer", "inner"), (outer.Message, Assert.IsType<FormatException>(outer.InnerException).Message));
        var both = Assert.IsType<AggregateException>(Reason(() => throw new AggregateException(new FormatException("a"), new TimeoutException("b"))));
        Assert.Equal(["a", "b"], both.InnerExceptions.Select(one => one.Message));
        Assert.Equal(42, Assert.IsType<Coded>(Reason(() => throw new Coded("boom", 42))).Code);
        Assert.Equal("mine", Assert.IsType<OperationCanceledException>(Reason(() => throw new OperationCanceledException("mine"))).Message);
        Assert.IsType<FormatException>(Assert.Throws<ComputationException>(() => Delayed.WhenAll(Delayed.Call(() => 1), Delayed.Call(int () => throw new FormatException("bad"))).Compute(options)).InnerException);
        Assert.Equal(2, Delayed.Function((int n) => n + 1)(1).Compute(options)); // the scheduler goes on

        Exception Reason(Func<int> function)
        {
            Exception? reason = Assert.Throws<ComputationException>(() => Delayed.Call(function).Compute(options)).InnerException;
            Assert.NotNull(reason);
            return reason;
        }
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void Nothing_and_the_same_thing_are_values_too(string scheduler)
    {
        ComputeOptions options = On(scheduler);
        Assert.Equal("null came", Delayed.Function((string? text) => text ?? "null came")(Delayed.Call(string? () => null)).Compute(options));
        Assert.Equal([null, "x"], Delayed.WhenAll<string?>([Delayed.Call(string? () => null), Delayed.Call(string? () => "x")]).Compute(options));
        Assert.Null(Delayed.Call(int? () => null).Compute(options));
        Assert.Empty(Delayed.WhenAll(Array.Empty<Delayed<int>>()).Compute(options));
        Delayed<Guid> once = Delayed.Call(Guid.NewGuid);
        Assert.Single(Delayed.WhenAll([once, once, once]).Compute(options).Distinct());
        var made = Delayed.Function(() => Guid.NewGuid());
        Assert.True(made().Zip(made(), (left, right) => left != right).Compute(options));
        var pure = Delayed.Function((int n) => Guid.NewGuid(), pure: true);
        Assert.True(pure(1).Zip(pure(1), (left, right) => left == right).Compute(options));
        Delayed<Guid> kept = once.Persist(options);
        Assert.Equal(kept.Compute(options), kept.Compute(options));
        Assert.Equal([0, 1, 2], Delayed.Compute(Enumerable.Range(0, 3).Select(i => Delayed.Call(() => i)), options));
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void Long_chains_and_deep_diamonds_end(string scheduler)
    {
        ComputeOptions options = On(scheduler);
        var next = Delayed.Function((int n) => n + 1);
        Delayed<int> chain = 0;
        for (int i = 0; i < 5_000; i++)
            chain = next(chain);
        Assert.Equal(5_000, chain.Compute(options));
        var add = Delayed.Function((long a, long b) => a + b);
        Delayed<long> diamond = 1;
        for (int i = 0; i < 60; i++)
            diamond = add(diamond, diamond);
        Assert.Equal(1L << 60, diamond.Compute(options));
        Delayed<int> shared = next(next(1));
        Assert.Equal(Enumerable.Repeat(3, 8), Enumerable.Range(0, 8).AsParallel().Select(_ => shared.Compute(options)));
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void A_token_that_has_fired_calls_nothing_and_one_that_fires_ends_what_waits(string scheduler)
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        bool ran = false;
        Assert.ThrowsAny<OperationCanceledException>(() => Delayed.Call(() => ran = true).Compute(On(scheduler) with { Cancellation = stopped.Token }));
        Assert.False(ran);

        using var stopping = new CancellationTokenSource();
        var wait = Delayed.Function(async (CancellationToken stop) =>
        {
            stopping.Cancel();
            await Task.Delay(Timeout.Infinite, stop);
            return 1;
        });
        Assert.ThrowsAny<OperationCanceledException>(() => wait(Delayed.Cancellation).Compute(On(scheduler) with { Cancellation = stopping.Token }));
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void Values_of_many_types_and_large_ones_come_through_as_they_are(string scheduler)
    {
        ComputeOptions options = On(scheduler);
        var values = (
            new Point(1, 2), new Named("a", 3m), DayOfWeek.Friday, 1.10m, new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc),
            new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(5)), Guid.Empty, TimeSpan.FromTicks(7), 'ü', "a\0\ud83d\ude00", Half.MaxValue, (Int128)5, new Version(1, 2), new Uri("http://x/"));
        var back = Same(values, options);
        Assert.Equal(values, back);
        Assert.Equal(DateTimeKind.Utc, back.Item5.Kind);
        Assert.Equal("1.10", back.Item4.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(20_000_000, Delayed.Function((byte[] bytes) => bytes.Length)(Delayed.Call(() => new byte[20_000_000])).Compute(options));

        static T Same<T>(T value, ComputeOptions options) => Delayed.Function((T one) => one)(Delayed.Value(value)).Compute(options);
    }

    [Theory, MemberData(nameof(Schedulers))]
    public void What_calls_do_to_a_shared_argument_is_seen_by_the_calls_of_its_process_alone(string scheduler)
    {
        var list = new List<int> { 1, 2, 3 };
        var add = Delayed.Function((List<int> all) =>
        {
            lock (all)
            {
                all.Add(all.Count);
                return all.Count;
            }
        });
        bool isHere = scheduler != "processes";
        Assert.Equal(isHere ? 9 : 8, add(list).Zip(add(list), (left, right) => left + right).Compute(On(scheduler))); // 4 + 5, or each 4 of a copy of its own
        Assert.Equal(isHere ? 5 : 3, list.Count);
    }
}
