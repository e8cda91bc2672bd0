using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Tessera.Tests.Pools;

/// <summary>
/// Situations in which pools of processes elsewhere hang, lose results or break, after public reports (CPython's multiprocessing, loky, joblib, pebble): each
/// ends by its right result or reason, and the pool goes on.
/// </summary>
public class ReportedPoolTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TESSERA_HUGE") is not null;

    private class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class NeedsStuff(Version stuff) : Exception($"needs {stuff.Major}")
    {
        public Version Stuff => stuff;
    }

    private sealed class HasNoMessage : Exception
    {
        public override string Message => throw new InvalidOperationException("message");
    }

    private sealed class RefersToItself(string message) : Exception(message)
    {
        public Exception? Other { get; set; }
    }

    private static void GoesOn(WorkerPool pool) => Assert.Equal(2, pool.Apply((int n) => n + 1, 1));

    private static WorkerException Fails(WorkerPool pool, Func<int> function, MapOptions? options = null)
    {
        var failure = Assert.Throws<WorkerException>(() => pool.Apply(function, options));
        GoesOn(pool);
        return failure;
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Exceptions_of_all_sorts_are_told(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        Assert.Equal("needs 2", Fails(pool, () => throw new NeedsStuff(new Version(2, 0))).InnerException!.Message);
        Assert.NotNull(Fails(pool, () => throw new HasNoMessage()).InnerException);
        Assert.Equal("self", Fails(pool, () =>
        {
            var own = new RefersToItself("self");
            own.Other = own;
            throw own;
        }).InnerException!.Message);
        Assert.Equal("d", Fails(pool, () => throw new InvalidDataException("d") { Data = { ["y"] = "text" } }).InnerException!.Message);
        Assert.Equal("0", Fails(pool, () =>
        {
            Exception all = new InvalidDataException("0");
            for (int i = 1; i < 1000; i++)
                all = new InvalidDataException($"{i}", all);
            throw all;
        }).GetBaseException().Message);
        Assert.IsType<NullReferenceException>(Fails(pool, () => ((string)null!).Length).InnerException);
        Assert.IsType<OutOfMemoryException>(Fails(pool, () => new byte[int.MaxValue].Length).InnerException);
    }

    [Fact]
    public void However_a_function_ends_its_process_it_is_told_and_the_pool_goes_on()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        int? CodeOf(Func<int> function) => Assert.IsType<WorkerDiedException>(Fails(pool, function, new MapOptions { Retries = 0 }).InnerException).ExitCode;
        Assert.Equal(0, CodeOf(() =>
        {
            Environment.Exit(0);
            return 1;
        }));
        Assert.NotEqual(0, CodeOf(() =>
        {
            Environment.FailFast("The end.");
            return 1;
        }));
        Assert.NotEqual(0, CodeOf(() =>
        {
            new Thread(() => throw new InvalidDataException("On a thread of its own.")).Start();
            Thread.Sleep(5000);
            return 1;
        }));
        Assert.NotEqual(0, CodeOf(() =>
        {
            ThrowLater();
            Thread.Sleep(5000);
            return 1;
        }));
        Assert.NotEqual(0, CodeOf(() => Down(0)));

        static async void ThrowLater()
        {
            await Task.Yield();
            throw new InvalidDataException("In async void.");
        }

        static int Down(int n) => n < 0 ? 0 : 1 + Down(n + 1);
    }

    [Fact]
    public void A_process_that_is_stopped_runs_out_of_time()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Signals are of Unix.");
        using WorkerPool pool = WorkerPool.Processes(1);
        Assert.IsType<TimeoutException>(Fails(
            pool,
            () =>
            {
                const int stop = 19;
                int status = kill(Environment.ProcessId, stop);
                Thread.Sleep(100); // another thread may take the signal, and this one goes on for a moment
                return status;
            },
            new MapOptions { Timeout = TimeSpan.FromSeconds(1) }).InnerException);

        [DllImport("libc")]
        static extern int kill(int process, int signal);
    }

    [Fact]
    public void Odd_values_come_back_as_they_are()
    {
        WorkerPool pool = Kinds.Shared("processes");
        Assert.Equal([0, 1, 2], pool.Apply(() => Yielded()));
        Assert.Equal([0, 2, 4], pool.Apply(() => Enumerable.Range(0, 3).Select(i => i * 2)));
        Assert.Equal(1, pool.Apply(() => new ConcurrentDictionary<string, int> { ["a"] = 1 })["a"]);
        Assert.Equal(6, pool.Apply(Adder)(1));
        Assert.Equal(1, pool.Apply(() => new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 })["a"]);
        Node cycle = pool.Apply(() =>
        {
            var first = new Node();
            first.Next = new Node { Next = first };
            return first;
        });
        Assert.Same(cycle, cycle.Next!.Next);
        int count = 0;
        for (Node? node = pool.Apply(Chain, 200_000); node is not null; node = node.Next)
            count++;
        Assert.Equal(200_000, count);
        double odd = BitConverter.Int64BitsToDouble(0x7ff8000000001234);
        Assert.Equal(0x7ff8000000001234, BitConverter.DoubleToInt64Bits(pool.Apply((double x) => x, odd)));
        Array fromOne = Array.CreateInstance(typeof(int), [2], [1]);
        fromOne.SetValue(5, 1);
        Assert.Equal((1, 5), (pool.Apply((Array x) => x, fromOne).GetLowerBound(0), pool.Apply((Array x) => x, fromOne).GetValue(1)));
        GoesOn(pool);

        static IEnumerable<int> Yielded()
        {
            for (int i = 0; i < 3; i++)
                yield return i;
        }

        static Func<int, int> Adder()
        {
            int five = 5;
            return n => n + five;
        }

        static Node? Chain(int length)
        {
            Node? head = null;
            for (int i = 0; i < length; i++)
                head = new Node { Next = head };
            return head;
        }
    }

    [Fact]
    public void What_a_function_does_to_its_process_is_its_own_affair()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        string folder = Environment.CurrentDirectory;
        Assert.Equal(1, pool.Apply(() =>
        {
            Directory.SetCurrentDirectory("/");
            return 1;
        }));
        Assert.Equal(folder, Environment.CurrentDirectory);
        Assert.Equal(5, pool.Apply(() =>
        {
            new Thread(() => Thread.Sleep(Timeout.Infinite)).Start(); // of the foreground, and never ends
            return 5;
        }));
        Assert.Equal("null", pool.Apply(() => Console.ReadLine() ?? "null"));
        Assert.Equal(1, pool.Apply(() =>
        {
            using var stream = new StreamWriter(Console.OpenStandardError());
            for (int i = 0; i < 200; i++)
                stream.WriteLine(new string('e', 1000));
            return 1;
        }));
        Assert.Equal(499_500, pool.Apply(() =>
        {
            long sum = 0;
            Parallel.For(0, 1000, i => Interlocked.Add(ref sum, i));
            return sum;
        }));
        Assert.Equal(1, pool.Apply(() =>
        {
            Task.WaitAll([.. Enumerable.Range(0, 30).Select(_ => Task.Run(() => Thread.Sleep(50)))]);
            return 1;
        }));
        GoesOn(pool);
    }

    [Fact]
    public void A_lazy_map_of_a_terminated_pool_says_so()
    {
        WorkerPool pool = WorkerPool.Processes(2);
        using IEnumerator<int> results = pool.MapLazy(
            n =>
            {
                Thread.Sleep(20);
                return n;
            },
            Enumerable.Range(0, 100)).GetEnumerator();
        Assert.True(results.MoveNext());
        pool.Terminate();
        var ended = Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (results.MoveNext())
            {
            }
        });
        Assert.Contains("terminated", ended.Message);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_message_of_fifty_megabytes_is_cut_where_it_is_told(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        var failure = Assert.Throws<WorkerException>(() => pool.Apply(int () => throw new InvalidDataException(new string('x', 50_000_000))));
        Assert.InRange(failure.Message.Length, 100, 20_000);
        Assert.Contains("characters", failure.Message);
        Assert.Equal(50_000_000, failure.InnerException!.Message.Length);
        GoesOn(pool);
    }

    [Fact]
    public void Telling_of_a_long_message_copies_none_of_what_is_cut()
    {
        var cause = new InvalidDataException(new string('x', 50_000_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var failure = WorkerException.Of("f", 3, cause);
        var around = WorkerException.Of("g", null, failure);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 40_000, 1 << 20);
        Assert.Contains("characters", around.Message);
    }

    /// <summary>With TESSERA_HUGE, beyond 2 GiB, which takes 10 GB of memory.</summary>
    [Fact]
    public void Huge_values_travel_both_ways()
    {
        int length = IsLong ? 280_000_000 : 8_000_000, characters = IsLong ? 300_000_000 : 8_000_000, objects = IsLong ? 5_000_000 : 100_000;
        using WorkerPool pool = WorkerPool.Processes(1);
        Assert.Equal(7, pool.Apply((int n) => Ending(n, 7), length)[^1]);
        Assert.Equal(9, pool.Apply((double[] x) => x[^1], Ending(length, 9)));
        double[] captured = Ending(length, 11);
        Assert.Equal(11, pool.Apply((int i) => captured[^i], 1));
        Assert.Equal(characters, pool.Apply((int n) => new string('x', n), characters).Length);
        Assert.Equal($"a{objects - 1}", pool.Apply((int n) => Enumerable.Range(0, n).Select(i => (i, $"a{i}")).ToArray(), objects)[^1].Item2);
        Assert.Equal("7", pool.Apply((int n) => Enumerable.Range(0, n).ToDictionary(i => i, i => $"{i}"), objects)[7]);
        if (IsLong)
            Assert.Equal(3L << 30, pool.Apply(() => new List<byte[]> { new byte[1 << 30], new byte[1 << 30], new byte[1 << 30] }).Sum(part => part.LongLength));

        static double[] Ending(int length, double last)
        {
            double[] values = new double[length];
            values[^1] = last;
            return values;
        }
    }
}
