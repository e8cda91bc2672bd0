namespace Tessera.Tests.Pools;

/// <summary>What programs with process pools write, leave, and take with them when they end.</summary>
public class ProgramTests
{
    /// <summary>Of the soak test; a hundred take four minutes.</summary>
    private const int Repetitions = 5;

    private static IEnumerable<int> Workers(string line) => line.Split(' ').Select(word => int.TryParse(word, out int id) ? id : 0).Where(id => id > 0);

    [Fact]
    public void Workers_killed_at_random_lose_nothing_double_nothing_and_leave_nothing()
    {
        using var program = new ChildProgram($"{Repetitions}");
        program.End();
        Assert.Equal(Repetitions, program.Output.Length);
        foreach (string line in program.Output)
        {
            int[] workers = [.. Workers(line[(line.IndexOf("of", StringComparison.Ordinal) + 2)..])];
            int killed = Workers(line).First();
            Assert.InRange(killed, 1, workers.Length);
            Assert.All(workers, worker => Assert.False(Marks.IsAlive(worker)));
        }

        Assert.Empty(program.Left);
    }

    [Fact]
    public void However_pools_end_no_process_and_no_file_is_left()
    {
        using var program = new ChildProgram("end");
        program.End();
        int[] workers = [.. program.Output.SelectMany(Workers)];
        Assert.Equal(5, workers.Length);
        Assert.All(workers, worker => Assert.False(Marks.IsAlive(worker)));
        Marks.Await(() => program.Left.Length == 0, $"all is removed: {string.Join(' ', program.Left)}");
    }

    [Fact]
    public void Workers_end_with_a_program_that_is_killed()
    {
        using var program = new ChildProgram("sleep");
        int[] workers = [.. Workers(program.AwaitLine("workers"))];
        program.AwaitLine("working");
        Assert.Equal(2, workers.Length);
        Assert.All(workers, worker => Assert.True(Marks.IsAlive(worker)));
        program.Kill();
        Marks.Await(() => !workers.Any(Marks.IsAlive), "the workers are gone");
        Assert.Empty(program.Left);
    }

    [Theory, InlineData(0), InlineData(30), InlineData(60), InlineData(120)]
    public void A_program_that_is_killed_while_its_workers_start_leaves_nothing_for_long(int milliseconds)
    {
        using var program = new ChildProgram("sleep");
        Marks.Await(() => program.Children == 2, "the workers begin");
        Thread.Sleep(milliseconds);
        program.Kill();
        Marks.Await(() => program.Left.Length == 0, $"all is removed: {string.Join(' ', program.Left)}");
    }

    [Fact]
    public void Workers_that_have_begun_have_left_no_file()
    {
        using var program = new ChildProgram("sleep");
        program.AwaitLine("working");
        Assert.Empty(program.Left);
    }

    [Fact]
    public void What_workers_write_appears_line_by_line()
    {
        using var program = new ChildProgram("write");
        program.End();
        Check(program.Output, "says");
        Check(program.Errors, "errs");

        static void Check(string[] written, string word)
        {
            Assert.Equal(200, written.Length);
            foreach (IGrouping<string, string> lines in written.GroupBy(line => line.Split(' ')[0]))
                Assert.Equal(Enumerable.Range(0, 10).Select(n => $"{lines.Key} {word} {n}"), lines); // each task's in their order
        }
    }

    [Fact]
    public void What_workers_write_to_a_console_that_takes_nothing_is_dropped()
    {
        using var program = new ChildProgram("write to a broken console");
        program.End();
        Assert.Equal(["the end"], program.Output);
    }

    [Fact]
    public void What_functions_start_may_be_debugged_unless_the_user_forbids_it()
    {
        using var program = new ChildProgram("environment");
        program.End();
        Assert.Equal(["none became none, and 0 of ours", "0 became 0, and 0 of ours", "1 became 1, and 0 of ours"], program.Output);
    }
}
