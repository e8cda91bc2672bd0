using System.Linq.Expressions;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

public partial class UsedVariablesTests
{
    private static object Field(object closure, string name) => closure.GetType().GetField(name)!.GetValue(closure)!;

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
}
