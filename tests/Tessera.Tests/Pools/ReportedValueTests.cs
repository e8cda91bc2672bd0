using System.Runtime.Serialization;

namespace Tessera.Tests.Pools;

/// <summary>Values and exceptions that pools of processes elsewhere lose or hang at, after public reports: each arrives or is refused by its name, and the pool goes on.</summary>
public class ReportedValueTests
{
    private static readonly WorkerPool Pool = Kinds.Shared("processes");

    private static int _calls;

    private sealed class Odd
    {
        public int Two { get; } = 2;
    }

    private sealed class HoldsMore(Func<int> function, Stream stream) : Exception("holds")
    {
        public Func<int> Function => function;

        public Stream Stream => stream;
    }

    private sealed class HasNoText() : Exception("has none")
    {
        public override string ToString() => throw new InvalidOperationException("text");
    }

    private sealed class CannotBeAsked
    {
        public int Kept { get; init; } = 4;

        public int Bad => throw new InvalidOperationException("getter");
    }

    private readonly unsafe struct WithPointer(int address)
    {
        public int* Pointer { get; } = (int*)address;
    }

    private static class Generic<T>
    {
        public static string Twice<TOther>((T First, TOther Second) pair) => $"{typeof(T).Name} {pair.First}{pair.Second}{pair.Second}";
    }

    private static void GoesOn(WorkerPool pool) => Assert.Equal(2, pool.Apply((int n) => n + 1, 1));

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Exceptions_with_odd_contents_are_told(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Equal("holds", Reason(() => throw new HoldsMore(() => 1, new MemoryStream())).Message);
        Assert.Equal("has none", Reason(() => throw new HasNoText()).Message);
        Exception data = Reason(() => throw new InvalidDataException("data") { Data = { ["odd"] = new Odd(), ["y"] = "text" } });
        Assert.Equal(("data", "text"), (data.Message, data.Data["y"]));

        Exception Reason(Func<int> function)
        {
            Exception? reason = Assert.Throws<WorkerException>(() => pool.Apply(function)).InnerException;
            GoesOn(pool);
            Assert.NotNull(reason);
            return reason;
        }
    }

    [Theory]
    [InlineData("a thread", "Thread")]
    [InlineData("a file", "FileStream")]
    [InlineData("a mutex", "Mutex")]
    [InlineData("a token", "CancellationToken")]
    public void An_argument_that_cannot_travel_is_refused_by_its_type(string what, string type)
    {
        using FileStream file = File.OpenRead(Environment.ProcessPath!);
        using var mutex = new Mutex();
        using var stopping = new CancellationTokenSource();
        Assert.Contains(type, Refusal(() => _ = what switch
        {
            "a thread" => Pool.Apply((Thread thread) => thread.ManagedThreadId, Thread.CurrentThread),
            "a file" => Pool.Apply((FileStream stream) => (int)stream.Length, file),
            "a mutex" => Pool.Apply((Mutex one) => one.WaitOne() ? 1 : 0, mutex),
            _ => Pool.Apply((CancellationToken token) => token.IsCancellationRequested ? 1 : 0, stopping.Token),
        }), StringComparison.Ordinal);
        GoesOn(Pool);
    }

    [Theory]
    [InlineData("a task")]
    [InlineData("a native integer")]
    [InlineData("a pointer")]
    public void A_result_that_cannot_travel_is_refused_with_the_reason(string what)
    {
        string says = Refusal(() =>
        {
            if (what == "a task")
                Pool.Apply(() => new object[] { Task.FromResult(3) });
            else if (what == "a native integer")
                Pool.Apply(() => new IntPtr(7));
            else
                Pool.Apply(() => new WithPointer(8));
        });
        Assert.Contains(what is "a task" ? "Wait for it, and pass its result" : what is "a pointer" ? "address in this process" : "Keep numbers in a long", says, StringComparison.Ordinal);
        GoesOn(Pool);
    }

    [Fact]
    public void Texts_numbers_and_arrays_come_back_to_the_last_bit()
    {
        const string halves = "a\ud800b\udc00\0";
        Assert.True(Pool.Apply((string text) => text, halves) == halves);
        double[] numbers = Pool.Apply((double[] x) => x, [BitConverter.Int64BitsToDouble(0x7ff8000000001234), -0.0]);
        Assert.Equal([0x7ff8000000001234, long.MinValue], numbers.Select(BitConverter.DoubleToInt64Bits));

        object?[] back = Pool.Apply((object?[] x) => x, [new[] { new[] { 1 }, null }, new int[2, 0, 3], Array.Empty<string>(), null, (object[])new string[] { "x" }]);
        Assert.Equal([1], Assert.IsType<int[]?[]>(back[0])[0]!);
        Assert.Equal([2, 0, 3], Enumerable.Range(0, 3).Select(Assert.IsType<int[,,]>(back[1]).GetLength));
        Assert.Empty(Assert.IsType<string[]>(back[2]));
        Assert.Null(back[3]);
        Assert.Equal(["x"], Assert.IsType<string[]>(back[4]));
    }

    [Fact]
    public void What_fields_hold_comes_back_whatever_properties_do()
    {
        Assert.Equal(4, Pool.Apply(() => new CannotBeAsked()).Kept);
        Assert.Equal(3, Pool.Apply(() => new Lazy<int>(() => 3)).Value);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.True(Pool.Apply((CancellationToken token) => token.IsCancellationRequested, stopped.Token));
    }

    [Fact]
    public void Methods_of_generic_types_and_static_fields_are_those_of_the_process()
    {
        Assert.Equal(["String a11"], Pool.Map(((string, int) pair) => Generic<string>.Twice(pair), [("a", 1)]));
        using WorkerPool pool = WorkerPool.Processes(2);
        int[] counted = pool.Map(_ => Interlocked.Increment(ref _calls), Enumerable.Range(0, 10), new MapOptions { ChunkSize = 1 });
        Assert.Equal(0, _calls);
        Assert.Contains(1, counted);
        Assert.InRange(counted.Max(), 5, 10); // one of two made five calls at least
    }

    /// <summary>Why something can't travel, wherever among the inner exceptions it is said.</summary>
    private static string Refusal(Action action)
    {
        for (Exception? failure = Record.Exception(action); failure is not null; failure = failure.InnerException)
        {
            if (failure is SerializationException)
                return failure.Message;
        }

        throw new InvalidOperationException("Nothing was refused.");
    }
}
