using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tessera.Graphs;

/// <summary>
/// Writes the record of a run as the trace events that Perfetto and Chrome's tracing open: times in microseconds from when the computation was asked for,
/// a thread for each worker, numbered from 1, and thread 0 for the computation itself.
/// </summary>
/// <example>
/// {"ph":"X","name":"inc","cat":"task","pid":1,"tid":2,"ts":812.4,"dur":100093.1,"args":{"task":1,"what":"inc(2), called at sum.cs:3","queued":51.2}}
/// </example>
internal sealed class TraceText : IDisposable
{
    private const int FlushBytes = 1 << 16, Process = 1;

    private readonly RunRecord _record;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<object, JsonEncodedText> _names = [];

    private TraceText(RunRecord record, Stream stream)
    {
        _record = record;
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }); // it goes into no web page
    }

    public static void Write(RunRecord record, Stream stream)
    {
        using var trace = new TraceText(record, stream);
        trace.Write();
    }

    public void Dispose() => _json.Dispose();

    private void Write()
    {
        TimeSpan run = _record.RunTime;
        _json.WriteStartObject();
        _json.WriteString("displayTimeUnit", "ms");
        _json.WriteStartArray("traceEvents");
        Name("process_name", 0, $"Tessera, {_record.Scheduler}");
        Name("thread_name", 0, "computation");
        for (int worker = 0; worker < _record.WorkerNames.Length; worker++)
            Name("thread_name", worker + 1, _record.WorkerNames[worker]);
        Bar(JsonEncodedText.Encode("planning"), "run", 0, -_record.PlanningTime.Ticks, 0);
        _json.WriteEndObject();
        Bar(JsonEncodedText.Encode("tasks"), "run", 0, 0, run.Ticks);
        _json.WriteEndObject();
        for (int task = 0; task < _record.Graph.Count; task++)
        {
            if (_record.WasLeft(task))
                Task(task);
            if (_json.BytesPending > FlushBytes)
                _json.Flush();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Task(int task)
    {
        ITaskLabels? labels = _record.Graph.Labels;
        JsonEncodedText name = NameOf(task);
        long freed = _record.FreedAt(task), end = _record.EndOf(task);
        int thread = _record.WorkerOf(task) + 1;
        Bar(name, "task", thread, _record.StartOf(task), freed);
        _json.WriteStartObject("args");
        _json.WriteNumber("task", task);
        if (labels?.RegionOf(task) is { } region)
            _json.WriteString("region", region);
        else
            _json.WriteString("what", _record.Graph.DescriptionOf(task));
        Number("read", labels?.BytesReadBy(task) ?? 0);
        Number("made", labels?.BytesMadeBy(task) ?? 0);
        Number("takes", _record.Graph.BytesOf(task));
        _json.WriteNumber("queued", Microseconds(_record.QueuedOf(task)));
        if (!_record.IsDone(task))
            _json.WriteBoolean("ended", false);
        _json.WriteEndObject();
        _json.WriteEndObject();
        if (end <= freed)
            return;
        Wait("b", name, task, thread, freed);
        Wait("e", name, task, thread, end);
    }

    /// <summary>Left open for what else is to be said.</summary>
    private void Bar(JsonEncodedText name, string category, int thread, long start, long end)
    {
        Begin("X", category, thread, start);
        _json.WriteString("name", name);
        _json.WriteNumber("dur", Microseconds(end - start));
    }

    private void Wait(string phase, JsonEncodedText name, int task, int thread, long at)
    {
        Begin(phase, "wait", thread, at);
        _json.WriteString("name", name);
        _json.WriteNumber("id", task);
        _json.WriteEndObject();
    }

    private void Begin(string phase, string category, int thread, long at)
    {
        _json.WriteStartObject();
        _json.WriteString("ph", phase);
        _json.WriteString("cat", category);
        _json.WriteNumber("pid", Process);
        _json.WriteNumber("tid", thread);
        _json.WriteNumber("ts", Microseconds(at + _record.PlanningTime.Ticks));
    }

    private void Name(string what, int thread, string name)
    {
        _json.WriteStartObject();
        _json.WriteString("ph", "M");
        _json.WriteString("name", what);
        _json.WriteNumber("pid", Process);
        _json.WriteNumber("tid", thread);
        _json.WriteStartObject("args");
        _json.WriteString("name", name);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void Number(string name, long bytes)
    {
        if (bytes > 0)
            _json.WriteNumber(name, bytes);
    }

    /// <summary>Tasks of a kind have one name, escaped once.</summary>
    private JsonEncodedText NameOf(int task)
    {
        object kind = _record.Graph.Labels?.KindOf(task) ?? _record.Graph;
        if (!_names.TryGetValue(kind, out JsonEncodedText name))
            _names.Add(kind, name = JsonEncodedText.Encode(_record.Graph.NameOf(task), JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
        return name;
    }

    // Ten ticks, each of 100 ns, are a microsecond; as a decimal, so that what adds up there adds up in the file.
    private static decimal Microseconds(long ticks) => new decimal(ticks) / 10;
}
