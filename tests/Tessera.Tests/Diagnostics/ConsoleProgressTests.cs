namespace Tessera.Tests.Diagnostics;

public class ConsoleProgressTests
{
    private readonly StringWriter _output = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void One_line_is_drawn_over_and_over_and_ended_by_a_line_break()
    {
        var bar = new ConsoleProgress(_output, _time, redraw: true);
        Report(bar, done: 0, seconds: 0);
        _time.Advance(1);
        Report(bar, done: 625, seconds: 1, bytes: 3L << 30);
        _time.Advance(3);
        Report(bar, done: 2500, seconds: 4, bytes: 6L << 30, isFinal: true);

        string[] drawings = _output.ToString().Split('\r');
        Assert.Equal("", drawings[0]);
        Assert.Equal("[........................]   0%  0/2,500 tasks  0 ms", drawings[1]);
        Assert.Equal("[######..................]  25%  625/2,500 tasks  1.0 s, 3.0 s left  3 GiB/s", drawings[2]);
        string last = "[########################] 100%  2,500/2,500 tasks  4.0 s  1.5 GiB/s";
        Assert.Equal(last.PadRight(drawings[2].Length) + "\n", drawings[3]); // spaces cover what was longer
        Assert.Equal(4, drawings.Length);
    }

    [Fact]
    public void It_is_drawn_ten_times_a_second_at_most_and_always_at_the_end()
    {
        var bar = new ConsoleProgress(_output, _time, redraw: true);
        for (int done = 0; done < 1000; done++)
        {
            Report(bar, done, seconds: done / 1000.0);
            _time.Advance(0.001);
        }

        Report(bar, done: 2500, seconds: 1, isFinal: true);
        Assert.Equal(11, _output.ToString().Count(c => c == '\r'));
        Assert.EndsWith("2,500/2,500 tasks  1.0 s", _output.ToString().TrimEnd());
    }

    [Fact]
    public void Where_nothing_can_be_drawn_over_there_is_a_plain_line_now_and_then()
    {
        var bar = new ConsoleProgress(_output, _time);
        for (int second = 0; second < 25; second++)
        {
            Report(bar, done: second * 100, seconds: second);
            _time.Advance(1);
        }

        Report(bar, done: 2500, seconds: 25, isFinal: true);
        string[] lines = _output.ToString().Split('\n');
        Assert.DoesNotContain('\r', _output.ToString());
        Assert.Equal(["[#########...............]  40%  1,000/2,500 tasks  10 s, 15 s left",
                      "[###################.....]  80%  2,000/2,500 tasks  20 s, 5.0 s left",
                      "[########################] 100%  2,500/2,500 tasks  25 s",
                      ""], lines);
    }

    [Fact]
    public void A_run_that_stops_early_says_so_and_ends_its_line()
    {
        var bar = new ConsoleProgress(_output, _time, redraw: true);
        Report(bar, done: 0, seconds: 0);
        Report(bar, done: 2499, seconds: 0.05, isFinal: true);
        Assert.EndsWith("\r[#######################.]  99%  2,499/2,500 tasks  50 ms, stopped\n", _output.ToString());
    }

    [Fact]
    public void One_bar_serves_one_run_after_another()
    {
        var bar = new ConsoleProgress(_output, _time, redraw: true);
        Report(bar, done: 2500, seconds: 1000, bytes: 123456789, isFinal: true);
        Report(bar, done: 0, seconds: 0);
        Assert.EndsWith("\n\r[........................]   0%  0/2,500 tasks  0 ms", _output.ToString());
    }

    private static void Report(ConsoleProgress bar, int done, double seconds, long bytes = 0, bool isFinal = false) =>
        bar.Report(new RunProgress(done, 2500, TimeSpan.FromSeconds(seconds), bytes, isFinal));
}
