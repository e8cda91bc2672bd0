using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

public class GraphTests
{
    private sealed class Node
    {
        public int Number;
        public Node? Next;
        public object? Other;
        public Node[] Children = [];
    }

    private sealed class Marked
    {
        public int Kept = 1;

        [NonSerialized]
        public int Left = 2;
    }

    [Fact]
    public void Shared_references_stay_shared_within_a_message()
    {
        var shared = new Node { Number = 3 };
        object box = 5;
        object?[] arrived = RoundTrip.Of<object?[]>([shared, shared, box, box, 5, null]);
        Assert.Same(arrived[0], arrived[1]);
        Assert.Same(arrived[2], arrived[3]);
        Assert.NotSame(arrived[3], arrived[4]);

        var writer = new MessageWriter();
        writer.Write(shared);
        writer.Write(new Node { Next = shared });
        MessageReader reader = RoundTrip.Begin(writer);
        Node first = reader.Read<Node>();
        Assert.Same(first, reader.Read<Node>().Next);
        reader.Finish();
    }

    [Fact]
    public void Cycles_arrive_as_cycles()
    {
        var node = new Node { Number = 1 };
        node.Next = node;
        node.Other = new object[] { node };
        Node arrived = RoundTrip.Of(node);
        Assert.Same(arrived, arrived.Next);
        Assert.Same(arrived, ((object[])arrived.Other!)[0]);
    }

    [Fact]
    public void A_list_of_a_million_nodes_needs_no_deep_stack()
    {
        Node? first = null;
        for (int i = 0; i < 1_000_000; i++)
            first = new Node { Number = i, Next = first };
        int count = 0;
        for (Node? node = RoundTrip.Of(first); node is not null; node = node.Next)
            Assert.Equal(1_000_000 - ++count, node.Number);
        Assert.Equal(1_000_000, count);
    }

    [Fact]
    public void Fields_that_are_marked_stay_behind()
    {
        Marked arrived = RoundTrip.Of(new Marked { Kept = 7, Left = 8 });
        Assert.Equal((7, 0), (arrived.Kept, arrived.Left));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_graph_arrives_in_the_same_shape(int seed)
    {
        var random = new Random(seed);
        Node[] nodes = [.. Enumerable.Range(0, 500).Select(i => new Node { Number = i })];
        foreach (Node node in nodes)
        {
            node.Next = Any();
            node.Other = random.Next(5) switch
            {
                0 => random.Next(),
                1 => $"text {random.Next(20)}",
                2 => new List<Node?> { Any(), null, Any() },
                3 => new Dictionary<string, Node> { ["a"] = Any(), ["b"] = Any() },
                _ => (Any(), 1.5),
            };
            node.Children = [Any(), Any(), Any()];
        }
        AssertSameShape(nodes, RoundTrip.Of(nodes));

        Node Any() => nodes[random.Next(nodes.Length)];
    }

    private static void AssertSameShape(object sent, object arrived)
    {
        var pairs = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        var queue = new Queue<(object?, object?)>([(sent, arrived)]);
        while (queue.TryDequeue(out (object? Sent, object? Arrived) pair))
        {
            if (pair.Sent is null)
            {
                Assert.Null(pair.Arrived);
                continue;
            }
            Assert.NotNull(pair.Arrived);
            if (pair.Sent is string or int or double)
            {
                Assert.Equal(pair.Sent, pair.Arrived);
                continue;
            }
            if (!pair.Sent.GetType().IsValueType && !pairs.TryAdd(pair.Sent, pair.Arrived))
            {
                Assert.Same(pairs[pair.Sent], pair.Arrived);
                continue;
            }
            Assert.Equal(pair.Sent.GetType(), pair.Arrived.GetType());
            foreach ((object? a, object? b) in Parts(pair.Sent).Zip(Parts(pair.Arrived), (a, b) => (a, b)))
                queue.Enqueue((a, b));
            Assert.Equal(Parts(pair.Sent).Count(), Parts(pair.Arrived).Count());
        }
    }

    private static IEnumerable<object?> Parts(object value) => value switch
    {
        Node node => [node.Number, node.Next, node.Other, node.Children],
        ValueTuple<Node, double> pair => [pair.Item1, pair.Item2],
        Dictionary<string, Node> table => table.SelectMany(item => new object[] { item.Key, item.Value }),
        System.Collections.IEnumerable items => items.Cast<object?>(),
        _ => throw new InvalidOperationException($"No parts are known of {value.GetType()}"),
    };

    [Fact]
    public void A_writer_is_usable_again_after_it_refused()
    {
        var writer = new MessageWriter();
        writer.Write("before");
        Assert.ThrowsAny<Exception>(() => writer.Write<object>(new object[] { new Node(), new Thread(() => { }) }));
        writer.Clear();
        Assert.Equal(0, writer.TotalBytes);
        writer.Write(new Node { Number = 4 });
        Assert.Equal(4, RoundTrip.Begin(writer).Read<Node>().Number);
    }
}
