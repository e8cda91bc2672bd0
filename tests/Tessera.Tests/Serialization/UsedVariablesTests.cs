using Tessera.Serialization;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Serialization;

/// <summary>Each scope has another function, which captures what is large or can't travel, so that the compiler keeps it in the same closure.</summary>
public partial class UsedVariablesTests
{
    private const int Large = 100_000;

    private readonly int _offset = 4;

    /// <summary>What arrives of a function, which must have been sent without what it doesn't use.</summary>
    private static T Small<T>(T value, int allowed = 3000)
    {
        var writer = new MessageWriter();
        writer.Write(value);
        Assert.InRange(writer.TotalBytes, 1, allowed);
        MessageReader reader = RoundTrip.Begin(writer);
        T arrived = reader.Read<T>();
        reader.Finish();
        return arrived;
    }

    private static long Bytes<T>(T value)
    {
        var writer = new MessageWriter();
        writer.Write(value);
        return writer.TotalBytes;
    }

    [Fact]
    public void What_other_functions_capture_stays_here()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        double[] huge = new double[Large];
        int k = 3;
        using var stop = new CancellationTokenSource();
        Func<int[]> run = () => pool.Map(n => n + k, [1]);
        Action other = () => { huge[0]++; stop.Cancel(); };
        Assert.Equal([4], run());
        Assert.Equal(4, Small<Func<int, int>>(n => n + k)(1));
        Assert.Equal(3 + Large, Small<Func<int, int, int>>((n, m) => n + m)(3, Large));
        Assert.StartsWith("The captured variable 'stop' of type CancellationTokenSource can't travel", Refused.Message(other));
        Assert.Contains("can't travel", Refused.Message(run));
    }

    [Fact]
    public void A_pool_may_lie_beside_what_is_used()
    {
        WorkerPool pool = Kinds.Shared("processes");
        using var stop = new CancellationTokenSource();
        int k = 3;
        Func<int[]> run = () => pool.Map(n => n + k, [1, 2]);
        Action other = () => stop.Cancel();
        Assert.Equal([4, 5], run());
        Assert.NotNull(other);
    }

    [Fact]
    public void Variables_can_be_written_read_and_passed_by_reference()
    {
        double[] huge = new double[Large];
        int count = 3, only = 0;
        (int A, string B) pair = (1, "b");
        Action other = () => huge[0]++;
        Func<int> next = Small<Func<int>>(() => ++count);
        Assert.Equal((4, 5, 3), (next(), next(), count));
        Assert.Equal(4, Small<Func<int>>(() => Interlocked.Increment(ref count))());
        Assert.Equal(9, Small<Func<int>>(() => { only = 8; return only + 1; })());
        Assert.Equal("2b", Small<Func<string>>(() => { pair.A++; return pair.A + pair.B; })());
        Assert.Equal(7, Small<Func<bool, int>>(b => (b ? ref count : ref only) += 4)(true));
        Assert.NotNull(other);
    }

    [Fact]
    public void Scopes_inside_scopes_are_looked_into()
    {
        double[] huge = new double[Large];
        int a = 1;
        Action first = () => huge[0] += a;
        for (int i = 0; i < 2; i++)
        {
            double[] large = new double[Large];
            int b = 10 * (i + 1);
            Action second = () => large[0] += a + b;
            for (int j = 0; j < 2; j++)
            {
                double[] wide = new double[Large];
                int c = 100 * (j + 1);
                Action third = () => wide[0] += a + b + c;
                Assert.Equal(a + b + c, Small<Func<int>>(() => a + b + c)());
                Assert.Equal(a + c, Small<Func<int>>(() => a + c)());
                Assert.Equal(b, Small<Func<int>>(() => b)());
                Assert.Equal(a, Small<Func<int>>(() => a)());
                Assert.Equal(a + b + c, Small<Func<Func<Func<int>>>>(() => () => () => a + b + c)()()());
                Assert.Equal(a + b + c + 5, Small<Func<int, Func<int>>>(x => { int y = x + b; return () => a + y + c; })(5)());
                Assert.True(Bytes<Func<int>>(() => a + (int)large[0]) > 8 * Large);
                Assert.NotNull(third);
            }
            Assert.NotNull(second);
        }
        Assert.NotNull(first);
    }

    [Fact]
    public void Local_functions_are_followed()
    {
        double[] huge = new double[Large];
        int k = 3, limit = 10;
        Action other = () => huge[0]++;
        int Add(int n) => n + k;
        int Sum(int n) => n == 0 ? k : n + Sum(n - 1);
        int Even(int n) => n == 0 ? limit : Odd(n - 1);
        int Odd(int n) => n == 0 ? k : Even(n - 1);
        int Huge() => huge.Length + k;
        static int Twice(int n) => 2 * n;
        Assert.Equal(4, Small<Func<int, int>>(Add)(1));
        Assert.Equal(8, Small<Func<int, int>>(n => Twice(Add(n)))(1));
        Assert.Equal(9, Small<Func<int, int>>(n => Sum(n))(3));
        Assert.Equal(10, Small<Func<int, int>>(n => Even(n))(4));
        Assert.Equal(Large + 3, RoundTrip.Of<Func<int>>(() => Huge())());
        Func<int, int> nested = n =>
        {
            int inner = n + k;
            return ByReference(2);
            int ByReference(int times) => times == 0 ? inner : ByReference(times - 1) + Nested();
            int Nested() => inner++ - limit / 5 + Deeper();
            int Deeper() => k + n * inner;
        };
        Assert.Equal(nested(1), Small(nested)(1));
        Assert.NotNull(other);
    }

    [Fact]
    public async Task Asynchronous_functions_and_iterators_are_followed()
    {
        double[] huge = new double[Large];
        int k = 3, m = 4;
        Action other = () => huge[0]++;
        Assert.Equal(8, await Small<Func<int, Task<int>>>(async n =>
        {
            await Task.Yield();
            int inner = k;
            Func<int> more = () => inner + m + n;
            await Task.Yield();
            return more();
        })(1));
        Assert.Equal(7, await Small<Func<int, ValueTask<int>>>(async n => { await Wait(); return n + k; })(4));
        Assert.Equal([3, 4], Small<Func<IEnumerable<int>>>(() => Each())());
        Assert.Equal([3, 4], Small<Func<IEnumerable<int>>>(Each)().ToArray());
        Assert.Equal(7, await Small<Func<Task<int>>>(async () =>
        {
            int sum = 0;
            await foreach (int n in EachAsync())
                sum += n;
            return sum;
        })());
        Assert.Equal(Large, await RoundTrip.Of<Func<Task<int>>>(async () => { await Task.Yield(); return huge.Length; })());
        Assert.NotNull(other);

        async Task Wait() { await Task.Delay(k - 3); }
        IEnumerable<int> Each() { yield return k; yield return m; }
        async IAsyncEnumerable<int> EachAsync() { await Task.Yield(); yield return k; yield return m; }
    }

    [Fact]
    public void Queries_inside_functions_are_followed()
    {
        double[] huge = new double[Large];
        int[] values = [1, 2, 3, 4];
        int k = 3, limit = 2;
        Action other = () => huge[0]++;
        Assert.Equal([12, 6], Small<Func<int, int[]>>(n =>
            [.. from v in values where v >= limit let w = v * k orderby -v where w % 2 == 0 select w + n])(0));
        Assert.Equal(20, Small<Func<int>>(() => values.Where(v => values.Any(w => w > v + limit)).Sum(v => v * (k + 17)))());
        Assert.NotNull(other);
    }

    [Fact]
    public void Objects_travel_whole_and_only_where_used()
    {
        double[] huge = new double[Large];
        int k = 3;
        Action other = () => huge[0] += _offset;
        Assert.Equal(3, Small<Func<int>>(() => k)());
        Assert.Equal(7, Small<Func<int>>(() => k + _offset)());
        Assert.Equal(4, Small<Func<int>>(() => _offset)());
        Assert.NotNull(other);
        Assert.Equal((5, "x"), (Small(Generic(5))(), Small(Generic("x"))()));
        Assert.Equal("5,x", Small(Holder<int>.Make(5, "x"))());
    }

    private static Func<T> Generic<T>(T value)
    {
        double[] huge = new double[Large];
        Action other = () => huge[0]++;
        Func<T[]> inner = () => new[] { value }.Where(v => Equals(v, value)).ToArray();
        return () => inner()[0];
    }

    private static class Holder<T>
    {
        public static Func<string> Make<U>(T first, U second)
        {
            double[] huge = new double[Large];
            Action other = () => huge[0]++;
            return () =>
            {
                U copy = second;
                Func<string> text = () => $"{first},{copy}";
                return text();
            };
        }
    }
}
