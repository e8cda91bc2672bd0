using System.Linq.Expressions;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

/// <summary>Each scope has another function, which captures what is large or can't travel, so that the compiler keeps it in the same closure.</summary>
public class UsedVariablesTests
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

    private static object Field(object closure, string name) => closure.GetType().GetField(name)!.GetValue(closure)!;

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
    public void What_is_used_and_cannot_travel_is_named_rightly()
    {
        using var stop = new CancellationTokenSource();
        CancellationToken unused = stop.Token, token = stop.Token;
        Action other = () => unused.ThrowIfCancellationRequested();
        Assert.Contains("'token", Refused.Message<Func<bool>>(() => token.IsCancellationRequested));
        Assert.NotNull(other);
    }

    [Fact]
    public void The_largest_part_is_one_that_is_sent()
    {
        double[] huge = new double[Large], used = new double[100];
        Action other = () => huge[0]++;
        var writer = new MessageWriter();
        writer.Write<Func<double>>(() => used[0]);
        Assert.Equal(("used (double[])", 800), writer.Largest);
        writer.Write(other);
        Assert.Equal(("huge (double[])", 8L * Large), writer.Largest);
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
    public void Functions_over_one_closure_share_what_they_use_in_any_order()
    {
        double[] huge = new double[Large];
        int count = 0, step = 2;
        Action other = () => huge[0]++;
        Action add = () => count += step;
        Func<int> get = () => count;
        Func<int> both = () => { add(); return get() + step; };
        (Action a1, Func<int> g1) = Small((add, get));
        (Func<int> g2, Action a2) = Small((get, add));
        (Func<int> b3, Func<int> g3) = Small((both, get));
        (Func<int> g4, Func<int> b4) = Small((get, both));
        a1();
        a2();
        Assert.Equal((2, 2, 4, 2, 4, 2, 0), (g1(), g2(), b3(), g3(), b4(), g4(), count));
        Assert.Same(g1.Target, a1.Target);
        (Func<int> some, Action all) = RoundTrip.Of((get, other));
        Assert.Equal(Large, ((double[])Field(all.Target!, "huge")).Length);
        Assert.Same(some.Target, all.Target);
    }

    [Fact]
    public void More_of_a_closure_can_follow_in_the_same_message_and_be_taken_back()
    {
        double[] huge = new double[Large];
        int k = 3, m = 4;
        Action other = () => huge[0]++;
        var writer = new MessageWriter();
        writer.Write<Func<int>>(() => k);
        MessageWriter.Mark mark = writer.Here;
        writer.Write<Func<int>>(() => m);
        writer.Write(other);
        writer.Truncate(mark);
        Assert.InRange(writer.TotalBytes, 1, 2000);
        writer.Write<Func<int>>(() => m + k);
        writer.Write(5);
        MessageReader reader = RoundTrip.Begin(writer);
        Func<int> first = reader.Read<Func<int>>(), second = reader.Read<Func<int>>();
        Assert.Equal(5, reader.Read<int>());
        reader.Finish();
        Assert.Equal((3, 7), (first(), second()));
        Assert.Same(first.Target, second.Target);
    }

    [Fact]
    public void A_function_in_its_own_closure_arrives()
    {
        double[] huge = new double[Large];
        int k = 2;
        Action other = () => huge[0]++;
        Func<int, int> power = null!;
        power = n => n == 0 ? 1 : k * power(n - 1);
        Func<int, int> arrived = Small(power);
        Assert.Equal(8, arrived(3));
        Assert.Same(arrived, Field(arrived.Target!, "power"));
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

    [Fact]
    public void A_closure_that_escapes_travels_whole()
    {
        double[] huge = new double[Large];
        int k = 3;
        Action other = () => huge[0]++;
        Func<Expression<Func<int>>> tree = () => () => k;
        (Func<int> some, object closure) = RoundTrip.Of(((Func<int>)(() => k), other.Target!));
        Assert.True(Bytes(tree) > 8 * Large);
        Assert.True(Bytes(other.Target!) > 8 * Large);
        Assert.Same(some.Target, closure);
        Assert.Equal(Large, ((double[])Field(closure, "huge")).Length);
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
