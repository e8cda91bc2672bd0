using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

public class ValueTests
{
    private enum Color : short
    {
        Red = -3,
    }

    private record Person(string Name, int Age, Person? Parent);

    private record struct Pair(string Text, double Number);

    private struct Mixed
    {
        public readonly string Text;
        public int[] Numbers;
        public (string, int)? Optional;

        public Mixed(string text) => (Text, Numbers, Optional) = (text, [1, 2], ("inner", 4));
    }

    public static TheoryData<object> Values =>
    [
        1, -1L, (byte)2, 'x', true, 1.5, 1.5f, 2.5m, Color.Red, (Half)0.5, Int128.MaxValue, UInt128.MaxValue, "", "text", "Größe \ud800 lone",
        Guid.NewGuid(), DateTime.UtcNow, DateTimeOffset.Now, DateOnly.MaxValue, TimeOnly.MinValue, TimeSpan.FromDays(2), new Complex(1, 2),
        new Index(2, true), 1..^2, BigInteger.Pow(3, 200), BigInteger.One, new Version(1, 2, 3), (1, "two"), Tuple.Create(1, "x"),
        new Pair("a", 2), new Person("child", 3, new Person("parent", 30, null)), new { A = 1, B = "b" }, 'a'..'b',
        new Uri("https://example.org/a%20b?q=1#f"), new Uri("relative/path", UriKind.Relative), new KeyValuePair<string, int>("k", 1),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_arrives_equal(object value)
    {
        object arrived = RoundTrip.Of(value);
        Assert.Equal(value.GetType(), arrived.GetType());
        Assert.Equal(value, arrived);
    }

    [Fact]
    public void Values_of_known_types_arrive_in_their_order()
    {
        var writer = new MessageWriter();
        writer.Write(1);
        writer.Write("two");
        writer.Write(3.0);
        writer.Write<int?>(4);
        writer.Write<(string, int)?>(("five", 5));
        writer.Write<(string, int)?>(null);
        writer.WriteMany<int>([6, 7]);
        writer.WriteMany<string?>(["eight", null]);
        writer.Write<object>(9);
        writer.Write<Person?>(null);

        MessageReader reader = RoundTrip.Begin(writer);
        Assert.Equal(1, reader.Read<int>());
        Assert.Equal("two", reader.Read<string>());
        Assert.Equal(3.0, reader.Read<double>());
        Assert.Equal(4, reader.Read<int?>());
        Assert.Equal(("five", 5), reader.Read<(string, int)?>());
        Assert.Null(reader.Read<(string, int)?>());
        var numbers = new int[2];
        reader.ReadMany<int>(numbers);
        Assert.Equal([6, 7], numbers);
        var texts = new string?[2];
        reader.ReadMany<string?>(texts);
        Assert.Equal<string?[]>(["eight", null], texts);
        Assert.Equal(9, reader.Read<object>());
        Assert.Null(reader.Read<Person?>());
        reader.Finish();
    }

    [Fact]
    public void Structs_with_references_arrive_with_their_read_only_fields()
    {
        Mixed arrived = RoundTrip.Of(new Mixed("text"));
        Assert.Equal("text", arrived.Text);
        Assert.Equal([1, 2], arrived.Numbers);
        Assert.Equal(("inner", 4), arrived.Optional);
    }

    [Fact]
    public void Arrays_arrive_whatever_their_rank_bounds_and_size()
    {
        Assert.Equal([1, 2, 3], RoundTrip.Of<int[]>([1, 2, 3]));
        Assert.Empty(RoundTrip.Of<int[]>([]));
        double[] large = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];
        Assert.Equal(large, RoundTrip.Of(large));
        Assert.Equal(new[,] { { 1, 2 }, { 3, 4 } }, RoundTrip.Of(new[,] { { 1, 2 }, { 3, 4 } }));
        Assert.Equal(new[,] { { "a", null }, { "c", "d" } }, RoundTrip.Of(new[,] { { "a", null }, { "c", "d" } }));
        Assert.Equal(new[, ,] { { { Color.Red } } }, RoundTrip.Of(new[, ,] { { { Color.Red } } }));
        Assert.Equal<object[]>(["x", 1, null!], RoundTrip.Of<object[]>(["x", 1, null!]));
        Assert.Equal(typeof(string[]), RoundTrip.Of<object[]>(new string[] { "x" }).GetType());
        Assert.Equal<Pair[]>([new("a", 1), new("b", 2)], RoundTrip.Of<Pair[]>([new("a", 1), new("b", 2)]));
        Assert.Equal<int[]?[]>([[1], null, [2, 3]], RoundTrip.Of<int[]?[]>([[1], null, [2, 3]]));

        var shifted = Array.CreateInstance(typeof(int), [2, 3], [-1, 5]);
        shifted.SetValue(7, 0, 6);
        Array arrived = RoundTrip.Of(shifted);
        Assert.Equal(7, arrived.GetValue(0, 6));
        Assert.Equal(-1, arrived.GetLowerBound(0));
        var oneBased = Array.CreateInstance(typeof(string), [2], [1]);
        oneBased.SetValue("x", 2);
        Assert.Equal("x", RoundTrip.Of(oneBased).GetValue(2));
    }

    [Fact]
    public void Large_arrays_of_numbers_are_attached_and_not_copied()
    {
        var writer = new MessageWriter();
        var numbers = new long[10_000];
        writer.Write(new { Name = "numbers", numbers });
        Assert.Same(numbers, Assert.Single(writer.Attachments));
        Assert.True(writer.Written.Length < 1000);
        Assert.Equal(("numbers (long[])", 80_000), writer.Largest);
    }

    [Fact]
    public void Lists_arrive_with_their_items_and_without_their_spare_capacity()
    {
        var list = new List<int>(1000) { 1, 2 };
        List<int> arrived = RoundTrip.Of(list);
        Assert.Equal(list, arrived);
        Assert.Equal(2, arrived.Capacity);
        List<long> large = [.. Enumerable.Range(0, 10_001).Select(i => (long)i)];
        Assert.Equal(large, RoundTrip.Of(large));
        Assert.Equal<List<string?>>(["a", null], RoundTrip.Of<List<string?>>(["a", null]));
        arrived = RoundTrip.Of<List<int>>([]);
        arrived.Add(1);
        Assert.Equal([1], arrived);
    }

    [Fact]
    public void Windows_on_arrays_arrive_as_windows()
    {
        int[] array = [1, 2, 3, 4];
        Assert.Equal([2, 3], RoundTrip.Of(array.AsMemory(1, 2)).ToArray());
        Assert.Equal([2, 3], RoundTrip.Of<ReadOnlyMemory<int>>(array.AsMemory(1, 2)).ToArray());
        Assert.Equal("ex", RoundTrip.Of("text".AsMemory(1, 2)).ToString());
        Assert.Equal([2, 3], RoundTrip.Of(new ArraySegment<int>(array, 1, 2)));
        Assert.Equal(array, RoundTrip.Of<ImmutableArray<int>>([1, 2, 3, 4]));
        Assert.Equal(0, RoundTrip.Of(default(Memory<int>)).Length);
        Memory<string> whole = new[] { "a", "b" };
        Assert.Equal(["b"], RoundTrip.Of(whole[1..]).ToArray());
    }

    [Fact]
    public void A_string_builder_arrives_with_all_its_chunks()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 10_000; i++)
            text.Append(i);
        Assert.Equal(text.ToString(), RoundTrip.Of(text).Append("").ToString());
    }
}
