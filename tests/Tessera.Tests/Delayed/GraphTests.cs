using System.Xml.Linq;
using Tessera.Graphs;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Delaying;

/// <summary>The graph as users read, explain and draw it.</summary>
public sealed class GraphTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-graphs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Tasks_dependencies_and_names_can_be_read()
    {
        TaskGraph graph = Example().Graph();
        Assert.Equal((3, 2), (graph.Count, graph.EdgeCount));
        Assert.Equal(["inc", "inc", "add"], Enumerable.Range(0, 3).Select(graph.NameOf));
        Assert.Equal([0, 1], graph.DependenciesOf(2).ToArray());
        Assert.Equal([2], graph.SuccessorsOf(0).ToArray());
        Assert.StartsWith("inc(1), called at GraphTests.cs:", graph.DescriptionOf(0));
        Assert.Equal("3 tasks, 2 dependencies", graph.ToString());
    }

    [Fact]
    public void The_plan_of_delayed_calls_is_explained() => Assert.Equal(
        $"""
        plan {Computation.PlanFor([Example().Expression], ComputeOptions.Default).Plan.TextHash[..16]}
        as written
          add(inc(1), inc(2))
            inc(1)
            inc(2)
        lowered: 3 tasks in 2 steps
          inc: 2 tasks
          add: 1 task

        """.ReplaceLineEndings("\n"), Example().Explain().ReplaceLineEndings("\n"));

    [Fact]
    public void The_plan_of_arrays_among_calls_is_explained()
    {
        ChunkedArray<double> x = new ChunkedRandom(7).Uniform([1000, 1000], chunks: [100, 1000]);
        var scale = Delayed.Function((double mean) => 1 / mean, "scale");
        LazyScalar<double> scaled = (x * ChunkedArray.FromDelayed(scale(x.Mean()))).Max();
        TaskGraph graph = scaled.Graph();
        string[] names = [.. Enumerable.Range(0, graph.Count).Select(graph.NameOf)];
        Assert.Contains("scale", names);
        Assert.Contains("elements", names);
        Assert.Contains(names, name => name.StartsWith("fold sum over all", StringComparison.Ordinal));
        Assert.True(Array.IndexOf(names, "scale") < Array.FindIndex(names, name => name.StartsWith("fold max over all", StringComparison.Ordinal)));
        Assert.Contains("scale: 1 task", scale(x.Mean()).Explain());
        Assert.Contains("holds", scale(x.Mean()).Explain());
    }

    [Fact]
    public void A_graph_of_every_kind_is_drawn_in_every_format_of_our_own()
    {
        ChunkedArray<double> x = new ChunkedRandom(7).Uniform([64, 64]);
        (string Name, Func<string, string> Draw)[] all =
        [
            ("delayed", path => Example().Visualize(path)),
            ("array", path => (x - x.Mean()).Visualize(path, color: GraphColor.Memory)),
            ("scalar", path => x.Std().Visualize(path, GraphDetail.Steps, GraphColor.Order)),
            ("nothing", path => Delayed.Call(() => { }).Visualize(path)),
        ];
        foreach ((string name, Func<string, string> draw) in all)
        {
            string svg = draw(Path.Combine(_folder, $"{name}.svg"));
            Assert.Equal(Path.Combine(_folder, $"{name}.svg"), svg);
            Assert.Equal("svg", XDocument.Load(svg).Root!.Name.LocalName);
            Assert.Contains("<svg", File.ReadAllText(draw(Path.Combine(_folder, $"{name}.html"))));
            Assert.StartsWith("digraph", File.ReadAllText(draw(Path.Combine(_folder, $"{name}.dot"))));
        }
    }

    [Fact]
    public void Graphviz_reads_the_graphs_of_real_computations()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Delayed<int> root = RandomCalls(seed, out int calls);
            TaskGraph graph = root.Graph();
            GraphPicture picture = new GraphDrawing(graph).Draw(GraphDetail.All, GraphColor.None);
            ILookup<string, string> lines = GraphvizOracle.Run(DotText.Write(picture), "plain").Split('\n').ToLookup(line => line.Split(' ')[0]);
            Assert.Equal((picture.Nodes.Count, picture.Edges.Count), (lines["node"].Count(), lines["edge"].Count()));
            Assert.InRange(graph.Count, 1, calls);
        }
    }

    [Fact]
    public void A_large_graph_is_drawn_by_steps_unless_all_is_asked_for()
    {
        var load = Delayed.Function((int n) => n, "load");
        var sum = Delayed.Function((IReadOnlyList<int> parts) => parts.Sum(), "sum");
        TaskGraph graph = sum(Delayed.WhenAll(Enumerable.Range(0, 20_000).Select(i => load(i)))).Graph();
        GraphPicture steps = new GraphDrawing(graph).Draw(GraphDetail.Auto, GraphColor.None);
        Assert.Equal(["20,000 × load", "20,000 results", "list", "1 result", "sum", "1 result"], steps.Nodes.Select(node => node.Label));
        Assert.Equal(5, steps.Edges.Count);
        GraphPicture all = new GraphDrawing(graph).Draw(GraphDetail.All, GraphColor.None);
        Assert.Equal(2 * graph.Count, all.Nodes.Count);
        Assert.Equal(graph.Count + graph.EdgeCount, all.Edges.Count);
    }

    [Fact]
    public void A_small_graph_of_many_edges_is_drawn_by_steps_too()
    {
        var load = Delayed.Function((int n) => n, "load");
        var mix = Delayed.Function((IReadOnlyList<int> parts) => parts.Sum(), "mix");
        TaskGraph few = Mixed(5), many = Mixed(14);
        Assert.Equal(2 * few.Count, new GraphDrawing(few).Draw(GraphDetail.Auto, GraphColor.None).Nodes.Count);
        Assert.True(many.Count < 100 && many.EdgeCount > 100);
        GraphPicture steps = new GraphDrawing(many).Draw(GraphDetail.Auto, GraphColor.None);
        Assert.Contains("14 × mix", steps.Nodes.Select(node => node.Label));
        Assert.True(steps.Edges.Count < 20);
        Assert.Equal(2 * many.Count, new GraphDrawing(many).Draw(GraphDetail.All, GraphColor.None).Nodes.Count);

        // A tree has many tasks and no bundle.
        var sum = Delayed.Function((int a, int b) => a + b, "sum");
        List<Delayed<int>> level = [.. Enumerable.Range(0, 48).Select(i => load(i))];
        while (level.Count > 1)
            level = [.. level.Chunk(2).Select(pair => pair.Length == 2 ? sum(pair[0], pair[1]) : pair[0])];
        TaskGraph tree = level[0].Graph();
        Assert.Equal(95, tree.Count);
        Assert.Equal(2 * tree.Count, new GraphDrawing(tree).Draw(GraphDetail.Auto, GraphColor.None).Nodes.Count);

        // Every load goes into every mix.
        TaskGraph Mixed(int width)
        {
            Delayed<int>[] loads = [.. Enumerable.Range(0, width).Select(i => load(i))];
            return Delayed.WhenAll(Enumerable.Range(0, width).Select(i => mix(Delayed.WhenAll([.. loads, load(100 + i)])))).Graph();
        }
    }

    [Fact]
    public void A_chain_drawn_as_one_step_says_so()
    {
        var inc = Delayed.Function((int n) => n + 1, "inc");
        Delayed<int> value = 0;
        for (int i = 0; i < 400; i++)
            value = inc(value);
        Assert.Equal("400 × inc, in turn", new GraphDrawing(value.Graph()).Draw(GraphDetail.Auto, GraphColor.None).Nodes[0].Label);
    }

    [Fact]
    public void A_task_that_is_not_there_is_told_with_those_that_are()
    {
        TaskGraph graph = Example().Graph();
        Assert.Contains("0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => graph.NameOf(3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => graph.DependenciesOf(-1).Length);
        var profile = new RunProfile();
        Example().Compute(new ComputeOptions { Profile = profile });
        Assert.Throws<ArgumentOutOfRangeException>(() => profile.DurationOf(3));
    }

    [Fact]
    public void Data_given_and_files_read_are_boxes_that_are_shared()
    {
        Delayed<int[]> data = Delayed.Value(new int[1000], "pixels");
        var part = Delayed.Function((int[] all, int from) => all[from]);
        GraphPicture picture = new GraphDrawing(Delayed.WhenAll([part(data, 1), part(data, 2)]).Graph()).Draw(GraphDetail.All, GraphColor.None);
        int box = Assert.Single(Enumerable.Range(0, picture.Nodes.Count), i => picture.Nodes[i].Label == "pixels");
        Assert.Equal(PictureShape.Data, picture.Nodes[box].Shape);
        Assert.Equal(2, picture.Edges.Count(edge => edge.From == box));

        ChunkedArray<int> x = ChunkedArray.FromSource<int>(Storage.ArraySource.OfInts([8, 8], [8, 8]));
        Assert.Contains(new GraphDrawing(x.Sum().Graph()).Draw(GraphDetail.Auto, GraphColor.None).Nodes, node => node.Label == "array source");
    }

    [Fact]
    public void A_profile_tells_when_each_task_ran_and_colours_the_picture()
    {
        var profile = new RunProfile();
        Assert.Throws<InvalidOperationException>(() => profile.Graph);
        var sleep = Delayed.Function((int milliseconds) => { Thread.Sleep(milliseconds); return milliseconds; }, "sleep");
        var add = Delayed.Function(async (int a, int b) => { await Task.Delay(1); return a + b; }, "add");
        Assert.Equal(42, add(sleep(40), sleep(2)).Compute(new ComputeOptions { Profile = profile, Scheduler = Schedulers.Threads(2) }));
        Assert.Equal(3, profile.Graph.Count);
        Assert.All(Enumerable.Range(0, 3), task => Assert.True(profile.IsDone(task)));
        Assert.All(Enumerable.Range(0, 3), task => Assert.InRange(profile.WorkerOf(task), 0, 1));
        Assert.True(profile.DurationOf(0) >= TimeSpan.FromMilliseconds(39));
        Assert.True(profile.DurationOf(1) >= TimeSpan.FromMilliseconds(1.9));
        Assert.True(profile.StartOf(2) >= profile.DurationOf(0));

        string path = profile.Visualize(Path.Combine(_folder, "profile.svg"));
        Assert.Contains("took", File.ReadAllText(path));
        GraphPicture picture = new GraphDrawing(profile.Graph, profile).Draw(GraphDetail.All, GraphColor.Time);
        Assert.Equal(1, picture.Nodes.Where(node => node.Shape == PictureShape.Function).Max(node => node.Heat));
        Assert.Contains("ComputeOptions.Profile", Assert.Throws<ArgumentException>(() => Example().Visualize(path, color: GraphColor.Time)).Message);
    }

    [Fact]
    public void Of_a_run_that_failed_the_profile_knows_what_came_to_its_end()
    {
        var profile = new RunProfile();
        var fail = Delayed.Function((int n) => n == 0 ? throw new FormatException("no") : n);
        var inc = Delayed.Function((int n) => n + 1);
        Assert.Throws<ComputationException>(
            () => fail(inc(-1)).Compute(new ComputeOptions { Profile = profile, Scheduler = Schedulers.Serial }));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(profile.IsDone));
        Assert.Equal((TimeSpan.Zero, -1), (profile.DurationOf(1), profile.WorkerOf(1)));
        Assert.Contains("did not end", File.ReadAllText(profile.Visualize(Path.Combine(_folder, "failed.html"))));
    }

    private static Delayed<int> Example()
    {
        var inc = Delayed.Function((int n) => n + 1, "inc");
        var add = Delayed.Function((int a, int b) => a + b, "add");
        return add(inc(1), inc(2));
    }

    private static Delayed<int> RandomCalls(int seed, out int calls)
    {
        var random = new Random(seed);
        string[] names = ["load", "a \"quoted\" name", "back\\slash", "zwei\nZeilen", "λ → µ", "<b>bold</b>", ""];
        List<Delayed<int>> made = [Delayed.Value(1, "one"), Delayed.Value(2)];
        calls = random.Next(1, 40);
        for (int i = 0; i < calls; i++)
        {
            var function = Delayed.Function((int a, int b) => a + b, names[random.Next(names.Length)]);
            made.Add(function(made[random.Next(made.Count)], made[random.Next(made.Count)]));
        }

        return made[^1];
    }
}
