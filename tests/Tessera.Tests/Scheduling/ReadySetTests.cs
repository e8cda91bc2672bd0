using Tessera.Scheduling;

namespace Tessera.Tests.Scheduling;

public class ReadySetTests
{
    [Theory, InlineData(1), InlineData(63), InlineData(64), InlineData(65), InlineData(4096), InlineData(4097), InlineData(300_000)]
    public void It_agrees_with_a_sorted_set(int capacity)
    {
        var random = new Random(capacity);
        var expected = new SortedSet<int>();
        var set = new ReadySet(capacity);
        for (int i = 0; i < 5000; i++)
        {
            int task = random.Next(3) == 0 ? random.Next(capacity) : random.Next(Math.Min(capacity, 200));
            if (expected.Add(task))
            {
                set.Add(task);
            }
            else
            {
                expected.Remove(task);
                set.Remove(task);
            }

            Assert.Equal(expected.Count, set.Count);
            if (expected.Count > 0)
                Assert.Equal(expected.Min, set.Lowest);
        }
    }

    [Fact]
    public void The_last_task_of_a_full_set_is_found()
    {
        var set = new ReadySet(64 * 64);
        set.Add(64 * 64 - 1);
        Assert.Equal(64 * 64 - 1, set.Lowest);
    }
}
