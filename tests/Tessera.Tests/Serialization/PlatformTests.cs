using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using System.Net;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

public partial class PlatformTests
{
    [GeneratedRegex("^a(.)")]
    private static partial Regex Generated();

    [InlineArray(3)]
    private struct Three
    {
        private string? _first;
    }

    private sealed class Holder(string? text)
    {
        private readonly Three _three = Make(text);

        public string?[] All() => [.. (ReadOnlySpan<string?>)_three];

        private static Three Make(string? text)
        {
            Three three = default;
            three[0] = three[2] = text;
            return three;
        }
    }

    public static TheoryData<object> Singletons =>
    [
        DBNull.Value, StringComparer.Ordinal, Random.Shared, TimeProvider.System, Encoding.UTF8, Encoding.ASCII,
        CultureInfo.InvariantCulture, TimeZoneInfo.Utc, typeof(int), typeof(List<>), typeof(Dictionary<string, int[,]>), typeof(int).MakeByRefType(),
        typeof(int*), typeof(List<>).GetGenericArguments()[0], typeof(PlatformTests).Assembly, typeof(string).Module,
        typeof(Enumerable).GetMethod("Empty")!.GetGenericArguments()[0], ReferenceEqualityComparer.Instance,
    ];

    [Theory]
    [MemberData(nameof(Singletons), DisableDiscoveryEnumeration = true)]
    public void What_a_process_has_once_arrives_as_that(object value) => Assert.Same(value, RoundTrip.Of(value));

    [Fact]
    public void A_missing_argument_arrives_as_one() => Assert.Same(Type.Missing, RoundTrip.Of(Type.Missing));

    public static TheoryData<object> Members =>
    [
        typeof(string).GetMethod("Insert")!, typeof(List<int>).GetMethod("Add")!, typeof(Enumerable).GetMethod("Empty")!,
        typeof(Enumerable).GetMethod("Empty")!.MakeGenericMethod(typeof(int)), typeof(string).GetProperty("Length")!,
        typeof(Version).GetConstructors()[0], typeof(Exception).GetField("_message", BindingFlags.NonPublic | BindingFlags.Instance)!,
        typeof(ArgumentException).GetProperty("HResult")!, typeof(ArgumentException).GetMethod("GetBaseException")!,
        typeof(List<int>).GetProperty("Item")!, typeof(AppDomain).GetEvent("ProcessExit")!,
    ];

    [Theory]
    [MemberData(nameof(Members), DisableDiscoveryEnumeration = true)]
    public void Members_arrive_equal(object member) => Assert.Equal(member, RoundTrip.Of(member));

    [Fact]
    public void Parameters_arrive()
    {
        ParameterInfo sent = typeof(string).GetMethod("Insert")!.GetParameters()[1];
        ParameterInfo arrived = RoundTrip.Of(sent);
        Assert.Equal((sent.Name, sent.Member), (arrived.Name, arrived.Member));
    }

    [Fact]
    public void Regular_expressions_arrive()
    {
        Regex arrived = RoundTrip.Of(new Regex("^a(.)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(2)));
        Assert.Equal("b", arrived.Match("ABC").Groups[1].Value.ToLowerInvariant());
        Assert.Equal((RegexOptions.IgnoreCase, TimeSpan.FromSeconds(2)), (arrived.Options, arrived.MatchTimeout));
    }

    [Fact]
    public void A_generated_expression_arrives_as_the_one_there_is() => Assert.Same(Generated(), RoundTrip.Of(Generated()));

    [Fact]
    public void Inline_arrays_arrive_whole() => Assert.Equal<string?[]>(["x", null, "x"], RoundTrip.Of(new Holder("x")).All());

    [Fact]
    public void Comparers_of_cultures_arrive()
    {
        Assert.Equal(0, RoundTrip.Of(StringComparer.InvariantCultureIgnoreCase).Compare("a", "A"));
        Assert.Equal(StringComparer.InvariantCulture, RoundTrip.Of(StringComparer.InvariantCulture));
        Assert.Equal(1, RoundTrip.Of(new Dictionary<string, int>(StringComparer.InvariantCultureIgnoreCase) { ["K"] = 1 })["k"]);
    }

    [Fact]
    public void Expression_trees_arrive()
    {
        int captured = 3;
        Expression<Func<int, int>> sum = x => x + captured;
        Assert.Equal(5, RoundTrip.Of(sum).Compile()(2));
    }

    [Fact]
    public void Documents_arrive()
    {
        XElement element = RoundTrip.Of(XElement.Parse("<a xmlns='urn:x'><b c='1'/></a>"));
        Assert.Equal("1", element.Element(XName.Get("b", "urn:x"))?.Attribute("c")?.Value);
        Assert.Equal(2, (int?)RoundTrip.Of(JsonNode.Parse("""{"a": {"b": 2}}"""))?["a"]?["b"]);
        using JsonDocument document = JsonDocument.Parse("""{"a": [1, 2]}""");
        Assert.Equal(2, RoundTrip.Of(document.RootElement).GetProperty("a")[1].GetInt32());
        Assert.Contains("compared by reference", Refused.Message(new XmlDocument()));
    }

    [Fact]
    public void Enumerators_go_on_where_they_were()
    {
        var list = new List<string>();
        list.AddRange(["a", "b", "c"]);
        list.Remove("b");
        using IEnumerator<string> items = list.GetEnumerator();
        items.MoveNext();
        IEnumerator<string> arrived = RoundTrip.Of(items);
        Assert.True(arrived.MoveNext());
        Assert.Equal("c", arrived.Current);
    }

    [Fact]
    public async Task Memory_of_streams_and_texts_arrives()
    {
        var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        Assert.Equal([1, 2, 3], RoundTrip.Of(stream).ToArray());
        Assert.Equal("b", RoundTrip.Of(new StringReader("b")).ReadToEnd());
        Assert.Equal(IPAddress.Loopback, RoundTrip.Of(IPAddress.Loopback));
        Assert.Equal(new FileInfo("x").FullName, RoundTrip.Of(new FileInfo("x")).FullName);
        Assert.Equal(5, await RoundTrip.Of(new ValueTask<int>(5)));
        Assert.Equal((NIndex)3, RoundTrip.Of((NIndex)3));
        Assert.Contains("Call ToImmutable", Refused.Message(ImmutableDictionary.CreateBuilder<string, int>()));
        Assert.Contains("belong to the threads", Refused.Message(new ConcurrentBag<int>()));
    }

    [Fact]
    public void Random_numbers_go_on_where_they_were()
    {
        var seeded = new Random(5);
        seeded.Next();
        Random arrived = RoundTrip.Of(seeded);
        Assert.Equal(seeded.Next(), arrived.Next());
        var unseeded = new Random();
        arrived = RoundTrip.Of(unseeded);
        Assert.Equal(unseeded.NextInt64(), arrived.NextInt64());
    }

    [Fact]
    public void Lazy_values_arrive_before_and_after_they_are_made()
    {
        int captured = 4;
        var lazy = new Lazy<int>(() => captured + 1);
        Assert.Equal(5, RoundTrip.Of(lazy).Value);
        Assert.Equal(5, lazy.Value);
        Assert.True(RoundTrip.Of(lazy).IsValueCreated);
        Assert.Equal(5, RoundTrip.Of(lazy).Value);
        Assert.Equal(5, RoundTrip.Of(new Lazy<int>(() => captured + 1, LazyThreadSafetyMode.PublicationOnly)).Value);
    }

    [Fact]
    public void A_lock_arrives_open()
    {
        var key = new Lock();
        lock (key)
        {
            Lock arrived = RoundTrip.Of(key);
            Assert.False(arrived.IsHeldByCurrentThread);
            lock (arrived)
                Assert.True(arrived.IsHeldByCurrentThread);
        }
    }

    [Fact]
    public void Formats_and_zones_arrive()
    {
        var format = new NumberFormatInfo { NumberDecimalSeparator = "," };
        Assert.Equal("1,5", RoundTrip.Of(format) is { } arrived ? 1.5.ToString("0.0", arrived) : "");
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ";";
        culture.DateTimeFormat.ShortDatePattern = "yyyy/dd";
        CultureInfo arrivedCulture = RoundTrip.Of(culture);
        Assert.Equal("1;5", 1.5.ToString(arrivedCulture));
        Assert.Equal(new DateTime(2020, 2, 3).ToString("d", culture), new DateTime(2020, 2, 3).ToString("d", arrivedCulture));
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("mine", TimeSpan.FromHours(3), "Mine", "Mine");
        Assert.Equal(zone, RoundTrip.Of(zone));
        Assert.Equal(TimeZoneInfo.Local, RoundTrip.Of(TimeZoneInfo.Local));
        Encoding strict = new UTF8Encoding(true, true);
        Assert.Throws<DecoderFallbackException>(() => RoundTrip.Of(strict).GetString([0xff]));
        Assert.Equal(3, RoundTrip.Of(strict).GetPreamble().Length);
        Assert.Equal(0, RoundTrip.Of(CompareInfo.GetCompareInfo("")).Compare("a", "a"));
    }

    [Fact]
    public void Tensors_arrive_dense_and_share_their_array_if_they_are_all_of_it()
    {
        double[] values = [.. Enumerable.Range(0, 12).Select(i => (double)i)];
        Tensor<double> tensor = Tensor.Create(values, [3, 4]);
        Tensor<double> arrived = RoundTrip.Of(tensor);
        Assert.Equal<nint[]>([3, 4], arrived.Lengths.ToArray());
        Assert.Equal(5.0, arrived[1, 1]);

        (double[] arrivedValues, arrived) = RoundTrip.Of((values, tensor));
        arrivedValues[5] = 50;
        Assert.Equal(50, arrived[1, 1]);

        Tensor<double> view = tensor.Slice(1..3, 1..3);
        arrived = RoundTrip.Of(view);
        Assert.Equal([5.0, 6, 9, 10], arrived.ToArray());
        Assert.Equal("b", RoundTrip.Of(Tensor.Create(["a", "b"], [2]))[1]);
        Assert.Equal(0, RoundTrip.Of(Tensor.Create<int>([], [0])).FlattenedLength);

        var writer = new MessageWriter();
        writer.Write(Tensor.Create(new double[10_000], [100, 100]));
        Assert.Single(writer.Attachments);
        arrived = RoundTrip.Of(Tensor.Create([.. Enumerable.Range(0, 10_000).Select(i => (double)i)], [100, 100]));
        Assert.Equal(9_999, arrived[99, 99]);
    }
}
