using Tessera.Pools;

namespace Tessera.Tests.Pools;

/// <summary>Batches as workers take them and hand them back.</summary>
public sealed class MapJobTests : IDisposable
{
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(5);

    private readonly WorkerPool _pool = WorkerPool.Threads(1); // has no part in it
    private readonly ArrayResults<int> _results = new(12);

    private MapJob<int, int> Job(MapOptions options) => new(
        _pool.Crew, new MapFunction<int, int>.Synchronous(n => 2 * n), "double", Inputs<int>.Of([.. Enumerable.Range(0, 12)]), _results, options, lookAhead: null);

    private static void RunAll(MapJob<int, int> job)
    {
        while (job.Take(int.MaxValue, Aim) is { } batch)
            batch.Run();
    }

    [Fact]
    public async Task A_batch_comes_apart_around_the_input_under_which_its_worker_died()
    {
        MapJob<int, int> job = Job(new MapOptions { ChunkSize = 6 });
        Batch died = job.Take(int.MaxValue, Aim)!;
        died.GiveBack(2, new InvalidOperationException("died"));
        var parts = new List<(long First, int Count, int Deaths)>();
        for (int i = 0; i < 3; i++)
        {
            Batch part = job.Take(int.MaxValue, Aim)!;
            parts.Add((part.First, part.Count, part.Deaths));
            part.Run();
        }

        Assert.Equal([(0, 2, 0), (2, 1, 1), (3, 3, 0)], parts);
        RunAll(job);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => 2 * n), await _results.Whole);
    }

    [Fact]
    public async Task What_comes_back_is_taken_in_parts_by_a_worker_that_may_take_fewer()
    {
        MapJob<int, int> job = Job(new MapOptions { ChunkSize = 6 });
        job.Take(int.MaxValue, Aim)!.GiveBack(null, new InvalidOperationException("died"));
        Batch part = job.Take(2, Aim)!;
        Assert.Equal((0, 2, 1), (part.First, part.Count, part.Deaths));
        part.Run();
        RunAll(job);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => 2 * n), await _results.Whole);
    }

    [Fact]
    public async Task A_worker_that_dies_at_nothing_in_particular_again_and_again_fails_the_map()
    {
        MapJob<int, int> job = Job(new MapOptions { ChunkSize = 12, Retries = 0 });
        int times = 0;
        for (; job.Take(int.MaxValue, Aim) is { } batch; times++)
            batch.GiveBack(null, new InvalidOperationException("died"));
        Assert.InRange(times, 2, 5);
        var failure = await Assert.ThrowsAsync<WorkerException>(() => _results.Whole);
        Assert.Equal((0, "died"), (failure.Index, failure.InnerException!.Message));
    }

    public void Dispose() => _pool.Dispose();
}
