namespace Tessera.Tests.Lowering;

/// <summary>The text of a plan, by which a worker's is held against its parent's, calls nothing of the user's: that may answer otherwise in another process.</summary>
public sealed class CallTextTests
{
    private static readonly ComputeOptions Serial = new() { Scheduler = Schedulers.Serial };

    private static string TextOf(Delayed value) => string.Join('\n', Computation.PlanFor([value.Expression], Serial).Plan.Text);

    /// <summary>Says another thing each time.</summary>
    private readonly struct Changing : IFormattable
    {
        private static int _asked;

        public string ToString(string? format, IFormatProvider? formatProvider) => $"asked {Interlocked.Increment(ref _asked)} times";
    }

    private readonly struct Silent : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => null!;
    }

    [Fact]
    public void Values_of_user_types_are_written_by_their_type()
    {
        var f = Delayed.Function((Changing value) => 1, "f");
        Assert.Contains("f(Changing)", TextOf(f(new Changing())), StringComparison.Ordinal);
        Assert.Equal(TextOf(f(new Changing())), TextOf(f(new Changing())));
    }

    [Fact]
    public void A_value_that_has_no_text_is_computed_with()
    {
        var f = Delayed.Function((Silent value) => 1, "f");
        Assert.Equal(1, f(new Silent()).Compute(Serial));
        Assert.Contains("Silent", f(new Silent()).ToString());
    }

    [Fact]
    public void Long_texts_are_told_apart()
    {
        var f = Delayed.Function((string value) => 1, "f");
        string start = new('a', 5000);
        Assert.NotEqual(TextOf(f(start + "1")), TextOf(f(start + "2")));
        Assert.All(TextOf(f(start)).Split('\n'), line => Assert.InRange(line.Length, 0, 500));
    }
}
