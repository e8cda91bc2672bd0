using System.Xml.Linq;
using Tessera.Graphs;
using Tessera.Tests.Diagnostics;

namespace Tessera.Tests.Graphs;

/// <summary>A page of a profile: the graph, the tables, and what each worker did when.</summary>
public sealed class ProfilePageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-pages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData(GraphDetail.All), InlineData(GraphDetail.Steps)]
    public void A_page_has_the_graph_the_tables_and_a_bar_for_each_task_in_its_colour(GraphDetail detail)
    {
        var load = Delayed.Function((int n) => { Thread.Sleep(5); return n; }, "load <a & b>");
        var sum = Delayed.Function((IReadOnlyList<int> parts) => parts.Sum(), "sum");
        var profile = new RunProfile();
        sum(Delayed.WhenAll(Enumerable.Range(0, 12).Select(i => load(i)))).Compute(new ComputeOptions { Profile = profile, Scheduler = Schedulers.Threads(2) });
        string page = File.ReadAllText(profile.Visualize(Path.Combine(_folder, "profile.html"), detail));

        XElement aside = XElement.Parse(page[page.IndexOf("<aside>", StringComparison.Ordinal)..(page.IndexOf("</aside>", StringComparison.Ordinal) + 8)].Replace("<br>", "<br/>", StringComparison.Ordinal));
        XElement[] bars = [.. aside.Descendants().Where(element => (string?)element.Attribute("class") == "bar")];
        Assert.Equal(profile.Graph.Count, bars.Sum(TasksOf));
        string graph = page[page.IndexOf("<main>", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];
        Assert.All(bars, bar => Assert.Contains($"fill=\"{bar.Attribute("fill")!.Value}\"", graph));
        Assert.Equal(["worker 0", "worker 1"], aside.Descendants().Where(element => element.Name.LocalName == "text" && element.Value.StartsWith("worker", StringComparison.Ordinal)).Select(element => element.Value));

        XElement[] tables = [.. aside.Elements("table")];
        Assert.Equal(2, tables.Length);
        Assert.Equal(profile.Steps.Select(step => step.Name), tables[0].Element("tbody")!.Elements("tr").Select(row => row.Elements("td").First().Value));
        Assert.Equal(profile.Workers.Select(worker => worker.Name), tables[1].Element("tbody")!.Elements("tr").Select(row => row.Elements("td").First().Value));
        Assert.Contains(profile.ToString().Split('\n')[0].TrimEnd(), aside.Value);
        Assert.DoesNotContain("src=", page);
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_of_a_graph_that_was_not_run_has_nothing_beside() =>
        Assert.DoesNotContain("aside>", File.ReadAllText(Delayed.Function((int n) => n)(1).Visualize(Path.Combine(_folder, "graph.html"))));

    [Fact]
    public void A_million_short_tasks_take_no_more_room_than_a_picture_has()
    {
        const int Tasks = 200_000;
        var (record, time) = (Record(Tasks, workers: 3, out ManualTime clock), clock);
        for (int task = 0; task < Tasks; task++)
        {
            long began = time.GetTimestamp();
            time.Advance(TimeSpan.FromMilliseconds(task == 100 ? 50_000 : 1));
            record.TaskFinished(task, task % 3, began, time.GetTimestamp());
        }

        record.RunFinished(null, time.GetTimestamp());
        string svg = Timeline.Draw(record, _ => "#000000");
        XElement[] bars = [.. XElement.Parse(svg).Descendants().Where(element => (string?)element.Attribute("class") == "bar")];
        Assert.Equal(Tasks, bars.Sum(TasksOf));
        Assert.InRange(bars.Length, 1000, 3100);
        XElement longest = bars.MaxBy(bar => Number(bar, "width"))!;
        Assert.StartsWith("#100 ", longest.Value);
        Assert.Equal(200, Number(longest, "width"), 0.1); // 50 of some 250 seconds
        Assert.All(bars, bar => Assert.InRange(Number(bar, "x") + Number(bar, "width"), 0, 130 + 1001));
    }

    private static int TasksOf(XElement bar) =>
        bar.Value.StartsWith('#') ? 1 : int.Parse(bar.Value.Split(' ')[0], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    private static RunRecord Record(int tasks, int workers, out ManualTime time)
    {
        time = new ManualTime();
        var builder = new TaskGraphBuilder();
        for (int task = 0; task < tasks; task++)
            builder.Add(0, []);
        var record = new RunRecord(builder.Build(), "threads", [.. Enumerable.Range(0, workers).Select(i => $"worker {i}")], () => 0, time, time.GetTimestamp());
        record.RunStarted(tasks, time.GetTimestamp());
        return record;
    }
}
