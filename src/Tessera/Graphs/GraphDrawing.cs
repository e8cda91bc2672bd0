using System.Globalization;
using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>
/// Makes pictures of a task graph: each task, or each group of tasks, is a function with a box of data, its result, above it; data from outside
/// are boxes below.
/// </summary>
/// <param name="graph">What is drawn.</param>
/// <param name="profile">What happened in a run of it, if it was run.</param>
internal sealed class GraphDrawing(TaskGraph graph, RunProfile? profile = null)
{
    private const int MostTasks = 100, MostData = 3, MostNames = 3;
    private const int AlwaysClear = 60, MostEdges = 200; // edges of a picture in which each can be followed
    private const double MostPerTask = 2.5; // beyond which they are a bundle

    private readonly List<PictureNode> _nodes = [];
    private readonly List<(int From, int To)> _edges = [];
    private readonly Dictionary<string, int> _data = [];
    private readonly List<PictureNode> _functions = []; // by task, or by group
    private TaskGroups? _groups; // null where each task is drawn by itself
    private string? _legend;

    /// <exception cref="ArgumentException">Times are asked for of a graph that was not run.</exception>
    public GraphPicture Draw(GraphDetail detail, GraphColor color)
    {
        if (color == GraphColor.Time && profile is null)
        {
            throw new ArgumentException(
                "Colours by time are known after a run: compute with ComputeOptions.Profile set to a new RunProfile, and call its Visualize.",
                nameof(color));
        }

        if (detail == GraphDetail.All || (detail == GraphDetail.Auto && IsClear()))
            DrawTasks(color);
        else
            DrawGroups(_groups = new TaskGroups(graph), color);
        return new GraphPicture(graph.ToString(), _nodes, _edges, _legend);
    }

    /// <summary>The colour in which a task was drawn, by itself or in its group.</summary>
    public string ColourOf(int task) => PictureColours.Of(_functions[_groups?.GroupOf(task) ?? task]).Fill;

    /// <summary>Whether all tasks can be drawn so that each edge can be followed: what a task takes from others, and from outside.</summary>
    private bool IsClear()
    {
        if (graph.Count > MostTasks)
            return false;
        var taken = new HashSet<int>();
        int edges = 0;
        for (int task = 0; task < graph.Count; task++)
        {
            taken.Clear();
            foreach (int dependency in graph.DependenciesOf(task))
                edges += taken.Add(dependency) ? 1 : 0;
            edges += graph.Labels?.DataOf(task).Count() ?? 0;
        }

        return edges <= AlwaysClear || (edges <= MostEdges && edges <= MostPerTask * graph.Count);
    }

    private void DrawTasks(GraphColor color)
    {
        double most = Enumerable.Range(0, graph.Count).Select(task => Amount(task, color)).DefaultIfEmpty(0).Max();
        _legend = Legend(color, most);
        var results = new int[graph.Count];
        for (int task = 0; task < graph.Count; task++)
        {
            double? heat = Heat(Amount(task, color), most, color);
            int function = AddFunction(new PictureNode(Short(graph.NameOf(task)), PictureShape.Function, Details(graph.DescriptionOf(task), [task]), heat));
            results[task] = Add(new PictureNode($"#{task}", PictureShape.Data, $"the result of {graph.DescriptionOf(task)}", heat));
            _edges.Add((function, results[task]));
            foreach (int dependency in graph.DependenciesOf(task))
                _edges.Add((results[dependency], function));
            foreach (string data in graph.Labels?.DataOf(task) ?? [])
                _edges.Add((Data(data), function));
        }
    }

    private void DrawGroups(TaskGroups groups, GraphColor color)
    {
        double[] amounts = [.. groups.Tasks.Select(tasks => tasks.Sum(task => Amount(task, color)) / (color == GraphColor.Order ? tasks.Count : 1))];
        double most = amounts.DefaultIfEmpty(0).Max();
        _legend = Legend(color, most);
        var results = new int[groups.Tasks.Count];
        for (int group = 0; group < results.Length; group++)
        {
            IReadOnlyList<int> tasks = groups.Tasks[group];
            bool inTurn = groups.IsInTurn(group);
            string name = Name(tasks), count = tasks.Count == 1 ? "" : $"{tasks.Count.ToString("N0", CultureInfo.InvariantCulture)} × ";
            double? heat = Heat(amounts[group], most, color);
            int function = AddFunction(new PictureNode(count + Short(name) + (inTurn ? ", in turn" : ""), PictureShape.Function, Details(tasks.Count == 1 ? graph.DescriptionOf(tasks[0]) : name, tasks), heat));
            results[group] = Add(new PictureNode(Counted.Of(tasks.Count, "result"), PictureShape.Data, $"{Counted.Of(tasks.Count, "result")} of {name}", heat));
            _edges.Add((function, results[group]));
            DrawData(tasks, function);
        }

        foreach ((int from, int to) in groups.Edges)
            _edges.Add((results[from], results[to] - 1)); // a group's function comes right before its data
    }

    /// <summary>A few data are drawn one by one, many as one box.</summary>
    private void DrawData(IReadOnlyList<int> tasks, int function)
    {
        if (graph.Labels is null)
            return;

        string[] names = [.. tasks.SelectMany(graph.Labels.DataOf).Distinct()];
        if (names.Length <= MostData)
            _edges.AddRange(names.Select(name => (Data(name), function)));
        else
            _edges.Add((Data($"{names[0]} … ×{names.Length.ToString("N0", CultureInfo.InvariantCulture)}"), function));
    }

    private string Name(IReadOnlyList<int> tasks)
    {
        string[] names = [.. tasks.Select(graph.NameOf).Distinct().Take(MostNames + 1)];
        return names.Length <= MostNames ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNames))}, …";
    }

    /// <summary>Of a step's fused operations the last, which is told first; the details tell all.</summary>
    private static string Short(string name) => name.Contains(" ← ") ? $"{name[..name.IndexOf(" ← ", StringComparison.Ordinal)]} …" : name;

    private int Data(string name)
    {
        if (!_data.TryGetValue(name, out int node))
            _data.Add(name, node = Add(new PictureNode(name, PictureShape.Data, name)));
        return node;
    }

    private int AddFunction(PictureNode node)
    {
        _functions.Add(node);
        return Add(node);
    }

    private int Add(PictureNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private string Details(string what, IReadOnlyList<int> tasks)
    {
        var lines = new List<string> { what };
        if (tasks.Count > 1)
            lines.Add(Counted.Of(tasks.Count, "task"));
        long bytes = tasks.Sum(graph.BytesOf);
        if (bytes > 0)
            lines.Add($"takes {ByteSize.Format(bytes)}{(tasks.Count > 1 ? " in all" : "")}");
        if (profile is not null)
        {
            var time = TimeSpan.FromTicks(tasks.Sum(task => profile.DurationOf(task).Ticks));
            lines.Add(tasks.All(profile.IsDone)
                ? tasks.Count > 1 ? $"took {Time(time)} in all" : $"took {Time(time)} on worker {profile.WorkerOf(tasks[0])}, from {Time(profile.StartOf(tasks[0]))} on"
                : "did not end");
        }

        return string.Join('\n', lines);
    }

    private static string Time(TimeSpan time) =>
        time < TimeSpan.FromMilliseconds(10) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###} ms") : Duration.Format(time);

    private double Amount(int task, GraphColor color) => color switch
    {
        GraphColor.Order => task,
        GraphColor.Time => profile!.DurationOf(task).TotalSeconds,
        GraphColor.Memory => graph.BytesOf(task),
        GraphColor.None => 0,
        _ => throw Unknown(color),
    };

    private static double? Heat(double amount, double most, GraphColor color) => color == GraphColor.None ? null : most > 0 ? amount / most : 0;

    private static string? Legend(GraphColor color, double most) => color switch
    {
        GraphColor.Order => "colour: order, from the first task to the last",
        GraphColor.Time => $"colour: time, from none to {Time(TimeSpan.FromSeconds(most))}",
        GraphColor.Memory => $"colour: memory of array elements, from none to {ByteSize.Format((long)most)}",
        GraphColor.None => null,
        _ => throw Unknown(color),
    };

    private static ArgumentOutOfRangeException Unknown(GraphColor color) =>
        new(nameof(color), color, $"There is no colour number {(int)color}. Use a member of {nameof(GraphColor)}.");
}
