using System.Globalization;
using Tessera.Diagnostics;

namespace Tessera;

/// <summary>
/// A progress bar for the console: one line, drawn again ten times a second at most, ended by a line break. Where the output goes to a file
/// or a pipe, a plain line every ten seconds instead. One object may serve computations one after another.
/// </summary>
/// <example><code>
/// array.Compute(new ComputeOptions { Progress = new ConsoleProgress() });
///
/// [##########..............]  42%  1,050/2,500 tasks  3.2 s, 4.4 s left  1.9 GiB/s
/// </code></example>
public sealed class ConsoleProgress : IProgress<RunProgress>
{
    private const int BarWidth = 24;
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly bool _redraw;
    private long _lastShown;
    private bool _running;    // between a computation's first report and its last
    private int _lineLength;  // of the line that the next drawing covers

    /// <summary>Makes a progress bar.</summary>
    /// <param name="output">Where to write; the console's error stream when left out, so that results can be piped on.</param>
    /// <param name="time">The clock; the system's when left out.</param>
    /// <param name="redraw">
    /// True to draw over one line, false to write plain lines. When left out: true for a console that isn't redirected, false for any
    /// <paramref name="output"/>.
    /// </param>
    public ConsoleProgress(TextWriter? output = null, TimeProvider? time = null, bool? redraw = null)
    {
        _output = output ?? Console.Error;
        _time = time ?? TimeProvider.System;
        _redraw = redraw ?? (output is null && !Console.IsErrorRedirected);
    }

    /// <summary>Shows how far a computation has come, unless something was shown only just now; the last report is always shown.</summary>
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            if (!_running)
            {
                _running = true;
                _lastShown = now;
                if (!_redraw && !value.IsFinal)
                    return; // a plain line that says 0 % helps nobody
            }
            else if (!value.IsFinal && _time.GetElapsedTime(_lastShown, now) < (_redraw ? BetweenDrawings : BetweenLines))
            {
                return;
            }

            _lastShown = now;
            Show(Line(value), value.IsFinal);
        }
    }

    private void Show(string line, bool isFinal)
    {
        if (_redraw)
        {
            _output.Write('\r' + line.PadRight(_lineLength)); // covers what was longer
            _lineLength = line.Length;
        }
        else
        {
            _output.Write(line);
        }

        if (isFinal || !_redraw)
            _output.Write('\n');
        _output.Flush();
        if (isFinal)
            (_running, _lineLength) = (false, 0);
    }

    private static string Line(RunProgress value)
    {
        int filled = (int)(value.Fraction * BarWidth);
        string bar = new string('#', filled) + new string('.', BarWidth - filled);
        int percent = (int)(value.Fraction * 100); // rounded down: 100 % means that all is done
        string time = Duration.Format(value.Elapsed);
        if (value.IsFinal && value.TasksDone < value.TasksTotal)
            time += ", stopped";
        else if (!value.IsFinal && value.Remaining is { } remaining)
            time += $", {Duration.Format(remaining)} left";

        string speed = value.BytesRead > 0 && value.Elapsed > TimeSpan.Zero
            ? $"  {ByteSize.Format((long)(value.BytesRead / value.Elapsed.TotalSeconds))}/s"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"[{bar}] {percent,3}%  {value.TasksDone:N0}/{value.TasksTotal:N0} tasks  {time}{speed}");
    }
}
