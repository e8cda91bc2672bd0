using Tessera.Diagnostics;
using Tessera.Memory;
using Tessera.Scheduling;

namespace Tessera.Tests.Scheduling;

public class SchedulerObserverTests
{
    public static TheoryData<int> Workers => [1, 3];

    [Theory, MemberData(nameof(Workers))]
    public void Every_task_is_seen_to_begin_and_to_end_between_the_ends_of_the_run(int workers)
    {
        var diary = new Diary();
        Schedulers.Threads(workers).Run(SchedulerTests.Independent(300), new LambdaWork(_ => { }), new TaskRun(new MemoryBudget(0), diary));
        Assert.Equal("run of 300", diary.Lines[0]);
        Assert.Equal("end", diary.Lines[^1]);
        Assert.Equal(602, diary.Lines.Count);
        for (int task = 0; task < 300; task++)
            Assert.InRange(diary.Lines.IndexOf($"{task} begins"), 1, diary.Lines.IndexOf($"{task} ends") - 1);
    }

    [Theory, MemberData(nameof(Workers))]
    public void A_task_that_fails_does_not_end_and_the_run_ends_with_its_failure(int workers)
    {
        var diary = new Diary();
        var work = new LambdaWork(task =>
        {
            if (task == 7)
                throw new InvalidDataException("broken");
        });
        Assert.Throws<InvalidDataException>(
            () => Schedulers.Threads(workers).Run(SchedulerTests.Independent(300), work, new TaskRun(new MemoryBudget(0), diary)));
        Assert.Contains("7 begins", diary.Lines);
        Assert.DoesNotContain("7 ends", diary.Lines);
        Assert.Equal("end: broken", diary.Lines[^1]);
    }

    private sealed class Diary : RunObserver
    {
        public List<string> Lines { get; } = [];

        public override void RunStarted(int tasks, long began) => Write($"run of {tasks}");

        public override void TaskStarted(int task, int worker, long started) => Write($"{task} begins");

        public override void TaskFinished(int task, int worker, long started, long finished)
        {
            Assert.InRange(finished, started, long.MaxValue);
            Write($"{task} ends");
        }

        public override void RunFinished(Exception? failure, long ended) => Write(failure is null ? "end" : $"end: {failure.Message}");

        private void Write(string line)
        {
            lock (Lines)
                Lines.Add(line);
        }
    }
}
