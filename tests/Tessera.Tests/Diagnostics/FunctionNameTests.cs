namespace Tessera.Tests.Delaying;

public class FunctionNameTests
{
    [Fact]
    public void A_method_goes_by_its_name()
    {
        Assert.Equal("Twice", NameOf(Delayed.Function<int, int>(Twice)(1)));
        Assert.Equal("Local", NameOf(Delayed.Function<int, int>(Local)(1)));
        Assert.Equal("Length", NameOf(Delayed.Function<string, int>(Text.Length)("a")));

        static int Local(int n) => n;
    }

    [Fact]
    public void A_lambda_goes_by_its_text_without_types_and_statements()
    {
        Assert.Equal("n => n + 1", NameOf(Delayed.Function((int n) => n + 1)(1)));
        Assert.Equal("(a, b) => a + b", NameOf(Delayed.Function((int a, int b) => a + b)(1, 2)));
        Assert.Equal("(map, pair) => 1", NameOf(Delayed.Function((Dictionary<string, (int X, int Y)> map, (int A, int[,] B) pair) => 1)(
            Delayed.Value<Dictionary<string, (int X, int Y)>>([]), Delayed.Value<(int, int[,])>((1, new int[1, 1])))));
        Assert.Equal("() => 5", NameOf(Delayed.Function(() => 5)()));
        Assert.Equal("n => … n + 1", NameOf(Delayed.Function((int n) =>
        {
            n *= 2;
            return n + 1;
        })(1)));
        Assert.Equal("n => { … }", NameOf(Delayed.Function((int n) => { Twice(n); })(1)));
        Assert.Equal("n => Task.FromResult(n)", NameOf(Delayed.Function((int n) => Task.FromResult(n))(1)));
        Assert.Equal(40, NameOf(Delayed.Function((int n) => n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n)(1)).Length);
        Assert.Equal("pair => pair.Length", NameOf(Delayed.Value("a").Select(pair => pair.Length)));
    }

    [Fact]
    public void A_name_that_is_given_is_taken()
    {
        Assert.Equal("load", NameOf(Delayed.Function((int n) => n, "load")(1)));
        Assert.Equal("load", NameOf(Delayed.Call<int, int>(Twice, 1, "load")));
        Assert.Equal("list", NameOf(Delayed.WhenAll<int>([1, 2])));
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("a.tif", "\"a.tif\"")]
    [InlineData(2.5, "2.5")]
    [InlineData(true, "true")]
    [InlineData('c', "c")]
    [InlineData(DayOfWeek.Friday, "Friday")]
    public void Plain_arguments_are_written_short(object? value, string text) =>
        Assert.StartsWith($"show({text})", Delayed.Function((object? shown) => 0, "show")(Delayed.Value(value)).Graph().DescriptionOf(0));

    [Fact]
    public void Arrays_and_long_texts_are_written_by_their_size()
    {
        var show = Delayed.Function((object shown) => 0, "show");
        Assert.StartsWith("show(int[2, 3])", show(Delayed.Value<object>(new int[2, 3])).Graph().DescriptionOf(0));
        Assert.StartsWith("show(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\")", show(Delayed.Value<object>(new string('a', 100))).Graph().DescriptionOf(0));
    }

    private static string NameOf(Delayed value) => value.Graph() is var graph ? graph.NameOf(graph.Count - 1) : "";

    private static int Twice(int n) => 2 * n;

    private static class Text
    {
        public static int Length(string text) => text.Length;
    }
}
