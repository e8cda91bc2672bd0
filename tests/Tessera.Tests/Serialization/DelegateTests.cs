using System.Linq.Expressions;

namespace Tessera.Tests.Serialization;

public class DelegateTests
{
    private delegate T Generic<T>(T value);

    private class Animal
    {
        public string Name { get; init; } = "";

        public virtual string Sound() => "none";

        public Func<string> BaseSound() => () => Name;
    }

    private sealed class Dog : Animal
    {
        public override string Sound() => $"{Name} barks";

        public Func<string> SoundOfBase() => base.Sound;
    }

    private struct Counter
    {
        public int Start;

        public readonly int Next() => Start + 1;
    }

    private static int Twice(int x) => 2 * x;

    private static T Same<T>(T value) => value;

    [Fact]
    public void Functions_of_every_kind_arrive()
    {
        int captured = 5;
        string text = "x";
        Assert.Equal(6, RoundTrip.Of<Func<int, int>>(Twice)(3));
        Assert.Equal(4, RoundTrip.Of<Func<int, int>>(x => x + 1)(3));
        Assert.Equal(8, RoundTrip.Of<Func<int, int>>(x => x + captured)(3));
        Assert.Equal("x3", RoundTrip.Of<Func<int, string>>(x => text + x)(3));
        Assert.Equal("s", RoundTrip.Of<Func<string, string>>(Same)("s"));
        Assert.Equal(3, RoundTrip.Of<Func<int, int>>(Same)(3));
        Assert.Equal(3, RoundTrip.Of<Generic<int>>(Same)(3));
        Assert.Equal("rex barks", RoundTrip.Of<Func<string>>(new Dog { Name = "rex" }.Sound)());
        Assert.Equal("rex barks", RoundTrip.Of<Func<string>>(((Animal)new Dog { Name = "rex" }).Sound)());
        Assert.Equal("none", RoundTrip.Of(new Dog { Name = "rex" }.SoundOfBase())());
        Assert.Equal("rex", RoundTrip.Of(new Dog { Name = "rex" }.BaseSound())());
        Assert.Equal(8, RoundTrip.Of<Func<int>>(new Counter { Start = 7 }.Next)());
        Assert.Equal("a-b", RoundTrip.Of<Func<string, string, string>>((a, b) => string.Join('-', a, b))("a", "b"));
        Assert.Equal(3, RoundTrip.Of<Func<string, int>>(s => s.Length)("abc"));
        Assert.Equal(2, RoundTrip.Of<Func<int>>(new[] { 1, 2 }.Count)());
        Assert.Equal("ABC", RoundTrip.Of(typeof(string).GetMethod("ToUpperInvariant")!.CreateDelegate<Func<string, string>>())("abc"));
        Assert.Equal(9, RoundTrip.Of<Func<int>>(Local)());
        Assert.Equal("n", RoundTrip.Of(MakeGeneric("n"))());

        int Local() => captured + 4;
    }

    private static Func<T> MakeGeneric<T>(T value) => () => value;

    [Fact]
    public void Functions_over_functions_arrive()
    {
        Func<int, int> inner = x => x + 1;
        Func<int, int> outer = x => inner(inner(x));
        Assert.Equal(5, RoundTrip.Of(outer)(3));
        Assert.Equal(4, RoundTrip.Of<Func<int, int>>(inner.Invoke)(3));
    }

    [Fact]
    public void A_list_of_functions_arrives_as_one_delegate()
    {
        var log = new List<string>();
        Action all = () => log.Add("a");
        all += () => log.Add("b");
        (Action arrived, List<string> arrivedLog) = RoundTrip.Of((all, log));
        arrived();
        Assert.Empty(log);
        Assert.Equal(["a", "b"], arrivedLog);
    }

    [Fact]
    public void A_captured_variable_is_shared_by_the_functions_that_capture_it()
    {
        int count = 0;
        Action add = () => count++;
        Func<int> get = () => count;
        (Action arrivedAdd, Func<int> arrivedGet) = RoundTrip.Of((add, get));
        arrivedAdd();
        Assert.Equal(1, arrivedGet());
        Assert.Equal(0, count);
    }

    [Fact]
    public void Queries_and_iterators_arrive()
    {
        int limit = 3;
        IEnumerable<int> query = new List<int> { 1, 2, 3, 4, 5 }.Where(x => x > limit).Select(x => x * 10).OrderByDescending(x => x);
        Assert.Equal([50, 40], RoundTrip.Of(query));
        Assert.Equal([0, 1, 2], RoundTrip.Of(Iterate(3)));
        Assert.Equal([4, 5, 6], RoundTrip.Of(Enumerable.Range(4, 3)));
        Assert.Equal(["1:2", "0:2"], RoundTrip.Of(new[] { 1, 2, 3, 4 }.GroupBy(x => x % 2).Select(g => $"{g.Key}:{g.Count()}")));
        IEnumerator<int> started = Iterate(3).GetEnumerator();
        started.MoveNext();
        IEnumerator<int> arrived = RoundTrip.Of(started);
        Assert.Equal(0, arrived.Current);
        Assert.True(arrived.MoveNext());
        Assert.Equal(1, arrived.Current);
    }

    private static IEnumerable<int> Iterate(int count)
    {
        for (int i = 0; i < count; i++)
            yield return i;
    }

    [Fact]
    public void A_compiled_expression_is_refused()
    {
        int captured = 2;
        Expression<Func<int, int>> expression = x => x + captured;
        Assert.Contains("its code was emitted", Refused.Message(expression.Compile()));
    }
}
