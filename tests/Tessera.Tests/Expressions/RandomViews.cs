using Tessera.Geometry;

namespace Tessera.Tests.Expressions;

/// <summary>Slices, transposes, reshapes and broadcasts of a node, chosen at random.</summary>
internal sealed class RandomViews(Random random)
{
    /// <summary>What one slice says, four numbers each: kind, start, stop, step. <see cref="LeftOut"/> is an end not given.</summary>
    public const long LeftOut = long.MinValue, Range = 0, Index = 1, NewAxis = 2, Ellipsis = 3;

    public Node Over(Node node)
    {
        while (true)
        {
            Node view = random.Next(6) switch
            {
                <= 2 => Slice(node),
                3 => Transpose(node),
                4 => Reshape(node),
                _ => Broadcast(node),
            };
            if (view.Length > 0 || random.Next(8) == 0)
                return view;
            if (node.Length == 0)
                return node;
        }
    }

    /// <summary>Nodes one after another along an axis, or along a new one.</summary>
    public static Node Join(string op, int axis, Node[] parts)
    {
        long[] sizes = parts[0].Shape.ToArray();
        if (op == "Stack")
            sizes = [.. sizes[..axis], parts.Length, .. sizes[axis..]];
        else
            sizes[axis] = parts.Sum(part => part.Shape[axis]);
        return Node.Of(op, Shape.Create(sizes), [axis], parts);
    }

    /// <summary>The slices that a node's numbers say.</summary>
    public static Slice[] Slices(ReadOnlySpan<long> numbers)
    {
        var slices = new Slice[numbers.Length / 4];
        for (int i = 0; i < slices.Length; i++)
        {
            ReadOnlySpan<long> one = numbers.Slice(4 * i, 4);
            slices[i] = one[0] switch
            {
                NewAxis => Tessera.Slice.NewAxis,
                Ellipsis => Tessera.Slice.Ellipsis,
                Index => End(one[1])!.Value,
                _ => Tessera.Slice.Of(End(one[1]), End(one[2]), one[3]),
            };
        }

        return slices;
    }

    /// <summary>As NumPy counts: negative numbers from the end.</summary>
    private static Index? End(long value) => value == LeftOut ? null : value < 0 ? new Index((int)-value, fromEnd: true) : new Index((int)value);

    private Node Slice(Node node)
    {
        var numbers = new List<long>();
        bool ellipsis = false;
        for (int axis = 0; axis < node.Shape.Rank; axis++)
        {
            long size = node.Shape[axis];
            if (random.Next(10) == 0)
                numbers.AddRange([NewAxis, 0, 0, 1]);
            if (!ellipsis && random.Next(8) == 0)
            {
                numbers.AddRange([Ellipsis, 0, 0, 1]);
                ellipsis = true;
                axis += random.Next(node.Shape.Rank - axis + 1) - 1;
            }
            else if (!ellipsis && random.Next(8) == 0)
            {
                break;
            }
            else if (size > 0 && random.Next(6) == 0)
            {
                numbers.AddRange([Index, random.NextInt64(-size, size), 0, 1]);
            }
            else
            {
                numbers.AddRange([Range, Somewhere(size), Somewhere(size), random.Next(5) switch { 0 => -1, 1 => 2, 2 => random.Next(-5, 0), 3 => random.Next(1, 40), _ => 1 }]);
            }
        }

        return node with { Op = "Slice", Shape = IndexMap.Slice(node.Shape, Slices(numbers.ToArray())).Shape, Numbers = [.. numbers], Inputs = [node] };
    }

    private long Somewhere(long size) => random.Next(3) > 0 ? LeftOut : random.NextInt64(-size - 2, size + 3);

    private Node Transpose(Node node)
    {
        int[] order = [.. Enumerable.Range(0, node.Shape.Rank)];
        random.Shuffle(order);
        return node with { Op = "Transpose", Shape = [.. order.Select(axis => node.Shape[axis])], Numbers = [.. order], Inputs = [node] };
    }

    private Node Reshape(Node node)
    {
        // Factors of the length, dealt out to some axes.
        var sizes = new long[random.Next(node.Length == 1 ? 0 : 1, 5)];
        Array.Fill(sizes, 1);
        if (node.Length == 0 && sizes.Length > 0)
            sizes[random.Next(sizes.Length)] = 0;
        long rest = Math.Max(1, node.Length);
        for (long factor = 2; rest > 1; factor = factor * factor > rest ? rest : factor + 1)
        {
            while (rest % factor == 0)
            {
                sizes[random.Next(sizes.Length)] *= factor;
                rest /= factor;
            }
        }

        return node with { Op = "Reshape", Shape = Shape.Create(sizes), Numbers = sizes, Inputs = [node] };
    }

    private Node Broadcast(Node node)
    {
        long[] sizes = [.. node.Shape.Select(size => size == 1 ? random.Next(0, 5) : size)];
        if (sizes.Length < 4 && random.Next(2) == 0)
            sizes = [random.Next(1, 5), .. sizes];
        return node with { Op = "Broadcast", Shape = Shape.Create(sizes), Numbers = sizes, Inputs = [node] };
    }
}
