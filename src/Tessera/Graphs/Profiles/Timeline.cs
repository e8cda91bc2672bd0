using System.Globalization;
using System.Text;
using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>
/// What each worker did when, as SVG: a row for each, a bar for each task, in the colour that it has in the graph. Bars that would be narrower than a unit of
/// the picture are drawn as one, as dark as the worker was busy, so that a million tasks take no more room than some thousands.
/// </summary>
/// <example>
/// A worker with tasks at 0 to 40, 40.2 to 40.4 and 40.6 to 40.8 units: a bar of 40, and one of 1 at 40 that is 40 % opaque and says "2 tasks".
/// </example>
internal sealed class Timeline
{
    private const int Width = 1000, Row = 18, Bar = 14, Above = 22, Names = 130, Ticks = 5, MostWorkers = 256;

    private readonly StringBuilder _svg = new();
    private readonly RunRecord _record;
    private readonly Func<int, string> _colourOf;
    private readonly double _scale; // units a tick of time

    private Timeline(RunRecord record, Func<int, string> colourOf)
    {
        (_record, _colourOf) = (record, colourOf);
        _scale = Width / (double)Math.Max(1, record.RunTime.Ticks);
    }

    /// <param name="record">The run.</param>
    /// <param name="colourOf">The colour of a task.</param>
    public static string Draw(RunRecord record, Func<int, string> colourOf)
    {
        var timeline = new Timeline(record, colourOf);
        timeline.Draw();
        return timeline._svg.ToString();
    }

    private void Draw()
    {
        int workers = Math.Min(_record.WorkerNames.Length, MostWorkers), height = Above + workers * Row + 4;
        Add($"<svg class=\"timeline\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Names + Width + 10} {height}\" role=\"img\" font-size=\"12\" ");
        Add($"font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">\n");
        for (int tick = 0; tick <= Ticks; tick++)
            DrawTick(tick, height);
        List<int>[] tasks = TasksOf(workers);
        for (int worker = 0; worker < workers; worker++)
            DrawWorker(worker, tasks[worker]);
        Add($"</svg>\n");
        if (workers < _record.WorkerNames.Length)
            Add($"<p>… and {Counted.Of(_record.WorkerNames.Length - workers, "worker")} more</p>\n");
    }

    private void DrawTick(int tick, int height)
    {
        int x = Names + tick * Width / Ticks;
        string anchor = tick == Ticks ? "end" : "middle";
        Add($"<line x1=\"{x}\" x2=\"{x}\" y1=\"{Above - 6}\" y2=\"{height}\" stroke=\"#d5dde5\"/>");
        Add($"<text x=\"{(tick == Ticks ? x + 8 : x)}\" y=\"12\" text-anchor=\"{anchor}\" fill=\"{PictureColours.Ink}\">{Duration.FormatShort(_record.RunTime * tick / Ticks)}</text>\n");
    }

    private List<int>[] TasksOf(int workers)
    {
        var tasks = new List<int>[workers];
        for (int worker = 0; worker < workers; worker++)
            tasks[worker] = [];
        for (int task = 0; task < _record.Graph.Count; task++)
        {
            if (_record.WasLeft(task) && _record.WorkerOf(task) < workers)
                tasks[_record.WorkerOf(task)].Add(task);
        }

        foreach (List<int> own in tasks)
            own.Sort((left, right) => _record.StartOf(left).CompareTo(_record.StartOf(right)));
        return tasks;
    }

    private void DrawWorker(int worker, List<int> tasks)
    {
        int y = Above + worker * Row;
        string name = TextWidth.Fit(_record.WorkerNames[worker], 12, Names - 12);
        Add($"<text x=\"{Names - 8}\" y=\"{y + 11}\" text-anchor=\"end\" fill=\"{PictureColours.Ink}\">{Escaping.Markup(name)}</text>\n");
        (int first, int count, double busy, int unit) = (-1, 0, 0, -1); // short tasks that share a unit
        foreach (int task in tasks)
        {
            double from = _record.StartOf(task) * _scale, width = (_record.FreedAt(task) - _record.StartOf(task)) * _scale;
            if (width < 1 && (int)from == unit)
            {
                (count, busy) = (count + 1, busy + width);
                continue;
            }

            DrawShort(y, first, count, busy, unit);
            (first, count, busy, unit) = width < 1 ? (task, 1, width, (int)from) : (-1, 0, 0, -1);
            if (width >= 1)
                DrawBar(y, from, width, 1, task, 1);
        }

        DrawShort(y, first, count, busy, unit);
    }

    private void DrawShort(int y, int task, int count, double busy, int unit)
    {
        const double faintest = 0.15;
        if (count > 0)
            DrawBar(y, unit, 1, Math.Clamp(busy, faintest, 1), task, count);
    }

    private void DrawBar(int y, double from, double width, double opacity, int task, int count)
    {
        Add($"<rect class=\"bar\" x=\"{Names + from:0.##}\" y=\"{y}\" width=\"{width:0.##}\" height=\"{Bar}\" fill=\"{_colourOf(task)}\" ");
        if (opacity < 1)
            Add($"opacity=\"{opacity:0.##}\" ");
        Add($"stroke=\"{PictureColours.Outline}\" stroke-width=\"{(width > 3 ? 0.5 : 0)}\"><title>{Escaping.Markup(Words(task, count))}</title></rect>\n");
    }

    private string Words(int task, int count)
    {
        if (count > 1)
            return $"{Counted.Of(count, "task")}, the first {_record.Graph.DescriptionOf(task)}";
        string end = _record.IsDone(task) ? "" : ", not ended";
        return $"#{task} {_record.Graph.DescriptionOf(task)}\n{Duration.FormatShort(new(_record.FreedAt(task) - _record.StartOf(task)))} from {Duration.FormatShort(new(_record.StartOf(task)))} on{end}";
    }

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
