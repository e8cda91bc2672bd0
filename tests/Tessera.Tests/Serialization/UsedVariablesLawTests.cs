using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

/// <summary>The law: what a function gives doesn't depend on how much of its closures travelled, nor on what travelled beside it.</summary>
public class UsedVariablesLawTests
{
    private readonly int _own = 11;

    private sealed class Box
    {
        public int Content = 6;
    }

    private Func<int, int>[] Functions()
    {
        int a = 2, b = 3, unused = 0;
        string text = "abc";
        int[] list = [4, 5, 6];
        var box = new Box();
        DayOfWeek? day = DayOfWeek.Friday;
        (int X, (int Y, string Z) Inner) tuple = (7, (8, "z"));
        Func<int, int> twice = n => 2 * n + a;
        Func<int, int> self = null!;
        self = n => n <= 0 ? b : self(n - 1) + a;
        var functions = new List<Func<int, int>>
        {
            n => n,
            n => n + a,
            n => n * b - a,
            n => n > 3 ? a : b,
            n => text[n % 3] + text.Length,
            n => list[n % 3] + list.Length,
            n => box.Content + (day ?? DayOfWeek.Monday) switch { DayOfWeek.Friday => a, DayOfWeek.Monday => b, _ => n },
            n => tuple.X + tuple.Inner.Y + tuple.Inner.Z.Length,
            n => twice(twice(n)) + b,
            twice,
            self,
            n => list.Where(v => v > a + b).Select(v => v * n + Local(v)).Sum(),
            n => { try { return list[n + 5]; } catch (IndexOutOfRangeException e) when (e.Message.Length > a) { return b; } finally { box = new Box(); } },
            n => { foreach (int v in Each(n)) { if (v > a) return v + b; } return a; },
            n => Later(n).GetAwaiter().GetResult() + a,
            n => { int sum = 0; for (int i = 0; i < n; i++) { int at = i; Func<int> f = () => at + a; sum += f() + _own; } return sum; },
            n => { int inner = n; void Add(int k) { inner += k * a; if (k > 0) Add(k - 1); } Add(3); return inner; },
            n => { Func<int, Func<int, int>> add = x => y => x + y + a + n; return add(b)(n); },
            n => { lock (box) { return box.Content + n; } },
            n => $"{a}{text}{n:D3}".Length + _own,
            n => new Dictionary<int, Func<int>> { [a] = () => b, [b] = () => a * n }[n % 2 == 0 ? a : b](),
            n => { (int q, int r) = Math.DivRem(n * 7, b); ref int place = ref list[q % 3]; return place + r + box?.Content ?? 0; },
            n => checked((int)Enumerable.Range(0, n).Aggregate(1L, (x, y) => x * a + y % b)),
            n => n switch { 0 => a, 1 => b, 2 => text.Length, 3 => list.Length, 4 => Local(a), _ => tuple.X },
        };
        for (int i = 0; i < 2; i++)
        {
            int c = i, idle = i;
            functions.Add(n => n + c);
            functions.Add(n => n + c + a);
            functions.Add(n => { int d = n + c; return list.Sum(v => v + d + b + _own); });
            functions.Add(n => Local(c) + Inner(n));
            Assert.NotNull((Action)(() => idle++));
            int Inner(int n) => n == 0 ? c : Inner(n - 1) + b;
        }
        Assert.NotNull((Action)(() => unused++));
        return [.. functions];

        int Local(int n) => n + b + _own;
        IEnumerable<int> Each(int n) { for (int i = 0; i < n; i++) yield return i * a + _own; }
        async Task<int> Later(int n) { await Task.Yield(); Func<int> f = () => n + b; return f() + _own; }
    }

    [Fact]
    public void A_function_gives_the_same_after_its_journey()
    {
        Func<int, int>[] functions = Functions();
        for (int f = 0; f < functions.Length; f++)
        {
            Func<int, int> arrived = RoundTrip.Of(functions[f]), again = RoundTrip.Of(arrived);
            for (int n = 0; n < 6; n++)
                Assert.Equal((f, n, functions[f](n), functions[f](n)), (f, n, arrived(n), again(n)));
        }
    }

    [Fact]
    public void Two_functions_give_the_same_after_a_journey_together()
    {
        Func<int, int>[] functions = Functions();
        for (int f = 0; f < functions.Length; f++)
        {
            for (int g = 0; g < functions.Length; g++)
            {
                (Func<int, int> first, Func<int, int> second) = RoundTrip.Of((functions[f], functions[g]));
                Assert.Equal((f, g, functions[f](5), functions[g](5)), (f, g, first(5), second(5)));
            }
        }
        Func<int, int>[] all = RoundTrip.Of(functions);
        Assert.Equal(functions.Select(f => f(4)), all.Select(f => f(4)));
    }

    [Fact]
    public void Each_of_them_could_be_looked_into()
    {
        foreach (Func<int, int> function in Functions())
        {
            bool isShown = UsedVariables.Of(function.Method) != UsedVariables.All;
            Assert.True(isShown || function.Target!.GetType().Name == "<>c", function.Method.ToString());
        }
    }
}
