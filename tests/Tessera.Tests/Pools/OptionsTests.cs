namespace Tessera.Tests.Pools;

public class OptionsTests
{
    [Theory, InlineData(0), InlineData(-1)]
    public void What_must_be_one_or_more_is_checked(int value)
    {
        foreach (Func<object> make in new Func<object>[]
        {
            () => WorkerPool.Threads(value),
            () => WorkerPool.Processes(value),
            () => new MapOptions { ChunkSize = value },
            () => new MapOptions { LookAhead = value },
            () => new MapOptions { Concurrency = value },
            () => new PoolOptions { MaxTasksPerWorker = value },
            () => new MapOptions { Timeout = TimeSpan.FromSeconds(value) },
            () => new MapOptions { Timeout = TimeSpan.FromDays(25) },
            () => new MapOptions { Retries = -1 },
        })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(make);
            Assert.Matches("[Gg]ive|Leave it out", error.Message);
        }
    }

    [Fact]
    public void Workers_are_as_many_as_cores_unless_set()
    {
        using WorkerPool pool = WorkerPool.Threads();
        Assert.Equal(Environment.ProcessorCount, pool.Workers);
    }

    [Fact]
    public void What_is_good_by_default_may_be_said()
    {
        var options = new MapOptions { ChunkSize = null, LookAhead = null, Concurrency = null, Timeout = null, Retries = 0 };
        Assert.Equal(0, options.Retries);
        Assert.Equal(1, new MapOptions().Retries);
    }
}
