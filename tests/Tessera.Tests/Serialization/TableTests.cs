using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

/// <summary>Hash codes of <see cref="Key"/> and <see cref="Salted"/> change with a salt, as those of strings do from process to process.</summary>
[Collection("Salt")]
public class TableTests : IDisposable
{
    private static int _salt;

    private sealed record Key(string Text)
    {
        public object? Link { get; set; }

        public bool Equals(Key? other) => other?.Text == Text;

        public override int GetHashCode() => Text.Length * 31 + Text[0] + _salt;
    }

    private sealed class Salted : IEqualityComparer<string>, IEqualityComparer
    {
        private readonly string _own = "own";

        public bool Equals(string? x, string? y) => x == y;

        public int GetHashCode(string value) => value[0] + _salt * _own.Length;

        bool IEqualityComparer.Equals(object? x, object? y) => Equals(x, y);

        int IEqualityComparer.GetHashCode(object value) => GetHashCode((string)value);
    }

    private sealed class Named<T>(string name) : Dictionary<string, T>(StringComparer.OrdinalIgnoreCase)
    {
        public string Name { get; } = name;
    }

    private sealed record SetKey(HashSet<Key> Keys)
    {
        public bool Equals(SetKey? other) => other is not null && Keys.SetEquals(other.Keys);

        public override int GetHashCode() => Keys.Sum(key => Keys.Contains(key) ? key.GetHashCode() : throw new InvalidOperationException("not filled"));
    }

    public void Dispose() => _salt = 0;

    private static T AcrossSalts<T>(T value)
    {
        _salt = 0;
        var writer = new MessageWriter();
        writer.Write(value);
        _salt = 12345;
        MessageReader reader = RoundTrip.Begin(writer);
        T arrived = reader.Read<T>();
        reader.Finish();
        return arrived;
    }

    [Fact]
    public void Every_hash_table_finds_its_keys_in_another_process()
    {
        Key a = new("a"), b = new("bb");
        Assert.Equal(2, AcrossSalts(new Dictionary<Key, int> { [a] = 1, [b] = 2 })[b]);
        Assert.Contains(b, AcrossSalts(new HashSet<Key> { a, b }));
        Assert.Equal(2, AcrossSalts(new ConcurrentDictionary<Key, int> { [a] = 1, [b] = 2 })[b]);
        Assert.Equal(2, AcrossSalts(new Hashtable { [a] = 1, [b] = 2 })[b]);
        Assert.Equal(2, AcrossSalts(new OrderedDictionary<Key, int> { [a] = 1, [b] = 2 })[b]);
        Assert.Equal(2, AcrossSalts(ImmutableDictionary<Key, int>.Empty.Add(a, 1).Add(b, 2))[b]);
        Assert.Contains(b, AcrossSalts(ImmutableHashSet.Create(a, b)));
        Assert.Equal(2, AcrossSalts(new Dictionary<Key, int> { [a] = 1, [b] = 2 }.ToFrozenDictionary())[b]);
        Assert.Contains(b, (IReadOnlySet<Key>)AcrossSalts(new[] { a, b }.ToFrozenSet()));
        Assert.Equal([2, 3], AcrossSalts(new[] { (a, 1), (b, 2), (b, 3) }.ToLookup(p => p.Item1, p => p.Item2))[b]);
        Assert.Equal(2, AcrossSalts(new Dictionary<(string, Key), int> { [("x", a)] = 1, [("y", b)] = 2 })[("y", b)]);
        Assert.Equal(2, AcrossSalts(new Dictionary<object, int> { [a] = 1, ["s"] = 2 })["s"]);
    }

    [Fact]
    public void Comparers_are_kept()
    {
        Assert.Equal(1, RoundTrip.Of(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 })["KEY"]);
        Assert.Same(StringComparer.OrdinalIgnoreCase, RoundTrip.Of(new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Comparer);
        Assert.Same(EqualityComparer<string>.Default, RoundTrip.Of(new Dictionary<string, int>()).Comparer);
        Assert.Same(EqualityComparer<int>.Default, RoundTrip.Of<IEqualityComparer<int>>(EqualityComparer<int>.Default));
        Assert.Same(Comparer<string>.Default, RoundTrip.Of<IComparer<string>>(Comparer<string>.Default));
        Assert.Equal(1, RoundTrip.Of(new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 })["KEY"]);
        Assert.Equal(1, RoundTrip.Of(new Hashtable(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 })["KEY"]);
        Assert.Equal(1, RoundTrip.Of(ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase).Add("Key", 1))["KEY"]);
        Assert.Equal(1, RoundTrip.Of(new Dictionary<string, int> { ["Key"] = 1 }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase))["KEY"]);
        Assert.Equal(1, AcrossSalts(new Dictionary<string, int>(new Salted()) { ["Key"] = 1 })["Key"]);
        Assert.Equal(1, AcrossSalts(new Hashtable(new Salted()) { ["Key"] = 1 })["Key"]);
        var byIdentity = new Dictionary<object, int>(ReferenceEqualityComparer.Instance) { [new Key("a")] = 1, [new Key("a")] = 2 };
        Dictionary<object, int> arrived = RoundTrip.Of(byIdentity);
        Assert.All(arrived.Keys, key => Assert.True(arrived.ContainsKey(key)));
        Assert.Equal(2, arrived.Count);
    }

    [Fact]
    public void Items_keep_their_order()
    {
        var table = new Dictionary<int, string>();
        for (int i = 0; i < 1000; i++)
            table[i * 7919 % 1000] = $"{i}";
        for (int i = 0; i < 500; i++)
            table.Remove(i);
        Assert.Equal(table, RoundTrip.Of(table));
        Assert.Equal(table.Keys.ToArray(), RoundTrip.Of(table.Keys.ToHashSet()).ToArray());
    }

    [Fact]
    public void A_class_that_derives_from_a_dictionary_keeps_its_own_fields()
    {
        Named<int> arrived = RoundTrip.Of(new Named<int>("mine") { ["Key"] = 1 });
        Assert.Equal("mine", arrived.Name);
        Assert.Equal(1, arrived["KEY"]);
    }

    [Fact]
    public void A_table_may_contain_itself()
    {
        var table = new Dictionary<string, object>();
        table["self"] = table;
        Dictionary<string, object> arrived = RoundTrip.Of(table);
        Assert.Same(arrived, arrived["self"]);

        var key = new Key("a");
        var keyed = new Dictionary<Key, int> { [key] = 1 };
        key.Link = keyed;
        Key arrivedKey = AcrossSalts(keyed).Keys.Single();
        Assert.Equal(1, ((Dictionary<Key, int>)arrivedKey.Link!)[arrivedKey]);
        arrivedKey = AcrossSalts(key);
        Assert.Equal(1, ((Dictionary<Key, int>)arrivedKey.Link!)[arrivedKey]);

        key.Link = null;
        ImmutableDictionary<Key, object> immutable = ImmutableDictionary<Key, object>.Empty.Add(key, 1);
        key.Link = immutable;
        immutable = AcrossSalts(immutable);
        Assert.Same(immutable, immutable.Keys.Single().Link);
        Assert.True(immutable.ContainsKey(key));
    }

    [Fact]
    public void Tables_inside_keys_are_filled_first_wherever_they_were_met()
    {
        HashSet<Key> set = [new("a"), new("b")];
        HashSet<Key> other = [new("c")];
        var table = new Dictionary<SetKey, int> { [new(set)] = 1, [new(other)] = 2 };
        (_, Dictionary<SetKey, int> arrived) = AcrossSalts((set, table));
        Assert.Equal(1, arrived[new SetKey([.. set])]);
        arrived = AcrossSalts(table);
        Assert.Equal(2, arrived[new SetKey([.. other])]);
    }

    [Fact]
    public void Tables_with_large_arrays_arrive()
    {
        var table = new Dictionary<string, double[]> { ["data"] = [.. Enumerable.Range(0, 10_000).Select(i => i * 0.5)] };
        Assert.Equal(table["data"], RoundTrip.Of(table)["data"]);
    }

    [Fact]
    public void Ordered_collections_arrive()
    {
        Assert.Equal(2, RoundTrip.Of(new SortedDictionary<string, int> { ["b"] = 2, ["a"] = 1 })["b"]);
        Assert.Equal(["a", "b"], RoundTrip.Of(new SortedSet<string> { "b", "a" }));
        Assert.Equal(["A", "b"], RoundTrip.Of(new SortedList<string, int>(StringComparer.OrdinalIgnoreCase) { ["b"] = 1, ["A"] = 2 }).Keys);
        var queue = new PriorityQueue<string, int>([("b", 2), ("a", 1)]);
        Assert.Equal("a", RoundTrip.Of(queue).Dequeue());
        Assert.Equal([1, 2], RoundTrip.Of(new Queue<int>([1, 2])));
        Assert.Equal([2, 1], RoundTrip.Of(new Stack<int>([1, 2])));
        Assert.Equal(["a", "b"], RoundTrip.Of(new LinkedList<string>(["a", "b"])));
        Assert.Equal([1, 2], RoundTrip.Of(new ConcurrentQueue<int>([1, 2])));
        Assert.Equal([2, 1], RoundTrip.Of(new ConcurrentStack<int>([1, 2])));
        Assert.Equal([1, 2], RoundTrip.Of<ImmutableList<int>>([1, 2]));
        Assert.Equal([1, 2], RoundTrip.Of<ImmutableQueue<int>>([1, 2]));
        Assert.Equal(["x"], RoundTrip.Of<ImmutableSortedSet<string>>(["x"]));
        Assert.Equal(1, RoundTrip.Of(ImmutableSortedDictionary<string, int>.Empty.Add("x", 1))["x"]);
        Assert.Equal([1], RoundTrip.Of(ImmutableList<int>.Empty).Add(1));
        Assert.Equal([1, 2], RoundTrip.Of(new ArrayList { 1, 2 }).Cast<int>());
        Assert.True(RoundTrip.Of(new BitArray([true, false]))[0]);
        Assert.Equal(2, RoundTrip.Of(new SortedSet<int>([3, 2])).Min);
    }
}
