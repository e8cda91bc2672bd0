using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

/// <summary>Pictures to try laws on: deep and wide, thin and dense, in one part and in many, with labels that try every escape.</summary>
internal static class RandomPictures
{
    public static readonly string[] NastyLabels =
    [
        "", " ", "x", "add", "sum (0, 1)", "\"quoted\"", "back\\slash", "ends in \\", "\\N \\G \\l",
        "two\nlines", "carriage\r\nreturn", "tab\there", "<b>bold</b>", "<",
        "&amp; & &#38; &lt;", "]]>", "<!-- no -->", "</svg></script>", "{a|b}", "a;b->c", "//", "/* */", "#", "日本語のラベル",
        "e\u0301a\u0308", "🧪🧬👩‍🔬", "\u0000\u0001\u001b[31m", "\ud800 alone", "alone \udc00", "\uffff\ufffe", "ℵ₀ × √2", "مرحبا",
        "a very long label that nobody can read in one glance and that must be cut somewhere", new('W', 500), new('i', 500),
        "graph", "node", "'single'", "$x$", "`tick`", "100 %", "\u00a0\u2028\u2029\u0085",
    ];

    public static GraphPicture Make(int nodes, int seed)
    {
        var random = new Random(seed);
        int reach = 1 + random.Next(nodes), most = random.Next(1, 5);
        double share = random.NextDouble();
        var edges = new HashSet<(int From, int To)>();
        for (int to = 1; to < nodes; to++)
        {
            for (int i = random.Next(most + 1); i > 0 && random.NextDouble() < share; i--)
                edges.Add((random.Next(Math.Max(0, to - reach), to), to));
        }

        // Numbers say nothing about the direction.
        int[] numbers = [.. Enumerable.Range(0, nodes)];
        random.Shuffle(numbers);
        (int From, int To)[] shuffled = [.. edges.Select(edge => (numbers[edge.From], numbers[edge.To]))];
        random.Shuffle(shuffled);
        bool heat = random.Next(2) == 0;
        return new(
            Label(random), [.. numbers.Select(_ => Node(random, heat))], shuffled, heat ? $"Coloured by time: {Label(random)}" : null);
    }

    /// <summary>Blocks summed in groups, and the sums again, until there is one.</summary>
    public static GraphPicture Tree(int leaves, int group)
    {
        var nodes = Enumerable.Range(0, leaves).Select(i => new PictureNode($"x ({i})", PictureShape.Data, "")).ToList();
        var edges = new List<(int From, int To)>();
        for (int start = 0, end = nodes.Count; end - start > 1; start = end, end = nodes.Count)
        {
            foreach (int[] members in Enumerable.Range(start, end - start).Chunk(group))
            {
                edges.AddRange(members.Select(member => (member, nodes.Count)));
                nodes.Add(new("sum", PictureShape.Function, ""));
            }
        }

        return new("Tree", nodes, edges);
    }

    /// <summary>Each node reads the one before; the last reads all.</summary>
    public static GraphPicture ReadByTheLast(int nodes) => new(
        "Ladder",
        [.. Enumerable.Range(0, nodes).Select(i => new PictureNode($"{i}", i % 2 == 0 ? PictureShape.Data : PictureShape.Function, ""))],
        [.. Enumerable.Range(0, nodes - 1).Select(i => (i, i + 1)), .. Enumerable.Range(0, nodes - 2).Select(i => (i, nodes - 1))]);

    private static PictureNode Node(Random random, bool heat) => new(
        Label(random), (PictureShape)random.Next(2), string.Join('\n', Enumerable.Range(0, random.Next(3)).Select(_ => Label(random))),
        heat && random.Next(5) > 0 ? random.NextDouble() : null);

    private static string Label(Random random) => NastyLabels[random.Next(NastyLabels.Length)];
}
