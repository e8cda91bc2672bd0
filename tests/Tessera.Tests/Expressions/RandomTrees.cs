namespace Tessera.Tests.Expressions;

/// <summary>
/// Random expressions over all operations, types, ranks 0 to 4 and sizes from 0 up, made so that their answer is known to the last bit
/// wherever it can be: floating point begins as small integers, and what is known of each node says how closely answers must agree.
/// </summary>
internal sealed class RandomTrees
{
    private readonly Random _random;
    private readonly long _mostElements;
    private readonly List<Node> _pool = [];
    private readonly RandomViews _views;
    private readonly RandomReductions _reductions;
    private readonly RandomElementwise _elementwise;

    private RandomTrees(int seed, long mostElements)
    {
        (_random, _mostElements) = (new Random(seed), mostElements);
        _views = new RandomViews(_random);
        _reductions = new RandomReductions(_random);
        _elementwise = new RandomElementwise(_random, Partner);
    }

    /// <summary>The tree of a number; equal numbers give equal trees.</summary>
    /// <param name="seed">The number.</param>
    /// <param name="operations">How many operations are tried.</param>
    /// <param name="mostElements">No node has more.</param>
    public static Node Tree(int seed, int operations = 8, long mostElements = 20_000)
    {
        var trees = new RandomTrees(seed, mostElements);
        trees._pool.Add(trees.AnyData());
        for (int i = 0; i < operations; i++)
        {
            if (trees.Step() is { } node && node.Length <= mostElements)
                trees._pool.Add(node);
        }

        return trees._pool[^1];
    }

    /// <summary>Elements given by a formula of seed and index.</summary>
    public static Node Data(ElementType type, Shape shape, long seed, long low, long count, bool isSpecial = false) =>
        new("Data", type, shape, [seed, low, count, isSpecial ? 1 : 0])
        {
            Bound = type.IsInteger ? Math.Pow(2, 8 * type.Size) : Math.Max(1, Math.Max(Math.Abs(low), Math.Abs(low + count))),
            IsSpecial = isSpecial,
        };

    private Node? Step()
    {
        Node latest = _pool[^(1 + Math.Min(_random.Next(3), _random.Next(_pool.Count)))];
        return _random.Next(10) switch
        {
            <= 2 => _views.Over(latest),
            3 => Joined(latest),
            4 => _reductions.Over(latest),
            _ => _elementwise.Over(latest),
        };
    }

    private Node Joined(Node node)
    {
        bool stack = node.Shape.Rank == 0 || _random.Next(2) == 0;
        int axis = _random.Next(node.Shape.Rank + (stack ? 1 : 0));
        var parts = new Node[_random.Next(1, 5)];
        for (int i = 0; i < parts.Length; i++)
        {
            long[] sizes = node.Shape.ToArray();
            if (!stack && _random.Next(3) > 0)
                sizes[axis] = _random.Next(0, 6);
            parts[i] = i == 0 ? node : Like(node.Type, Shape.Create(sizes));
        }

        return RandomViews.Join(stack ? "Stack" : "Concatenate", axis, parts);
    }

    /// <summary>Another operand: one that there is, where it fits, else new data that can be broadcast against this one.</summary>
    private Node Partner(Node node, ElementType type)
    {
        Node[] fitting = [.. _pool.Where(other => other.Type == type && other.Precision < Precision.Approximate && Broadcasts(other.Shape, node.Shape))];
        if (fitting.Length > 0 && _random.Next(3) > 0)
            return fitting[_random.Next(fitting.Length)];

        long[] sizes = [.. node.Shape.Skip(_random.Next(3) == 0 ? _random.Next(node.Shape.Rank + 1) : 0).Select(size => _random.Next(4) == 0 ? 1 : size)];
        if (node.Shape.Rank < 4 && _random.Next(8) == 0)
            sizes = [_random.Next(1, 4), .. node.Shape];
        return Like(type, Shape.Create(sizes));
    }

    private bool Broadcasts(Shape left, Shape right)
    {
        long length = 1;
        for (int axis = 1; axis <= Math.Max(left.Rank, right.Rank); axis++)
        {
            long a = axis <= left.Rank ? left[^axis] : 1, b = axis <= right.Rank ? right[^axis] : 1;
            if (a != b && a != 1 && b != 1)
                return false;
            length *= a == 1 ? b : a;
        }

        return length <= _mostElements;
    }

    private Node AnyData()
    {
        ElementType type = (ElementType)_random.Next(Enum.GetValues<ElementType>().Length);
        return Like(type, RandomShape());
    }

    private Node Like(ElementType type, Shape shape)
    {
        long count = _random.Next(4) switch { 0 => 2, 1 => 5, 2 => 100, _ => 1000 };
        bool full = type.IsInteger && _random.Next(3) == 0;
        long low = type.IsUnsigned || type == ElementType.Boolean ? 0 : _random.Next(-50, 1);
        return Data(type, shape, _random.Next(1000), low, full ? 0 : count, type.IsFloatingPoint && _random.Next(6) == 0);
    }

    private Shape RandomShape()
    {
        int rank = _random.Next(10) switch { 0 => 0, <= 2 => 1, <= 5 => 2, <= 8 => 3, _ => 4 };
        var sizes = new long[rank];
        long room = _mostElements;
        for (int axis = 0; axis < rank; axis++)
        {
            sizes[axis] = _random.Next(24) switch
            {
                0 => 0,
                1 => 1,
                <= 4 => _random.NextInt64(1, Math.Max(2, room)),
                _ => _random.Next(1, 18),
            };
            sizes[axis] = Math.Min(sizes[axis], Math.Max(1, room));
            room /= Math.Max(1, sizes[axis]);
        }

        _random.Shuffle(sizes);
        return Shape.Create(sizes);
    }
}
