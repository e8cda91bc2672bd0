using System.Runtime.Serialization;

namespace Tessera.Tests.Scheduling;

/// <summary>To worker processes goes what they execute, and nothing else: what runs in this process may use whatever is open here.</summary>
public sealed class WhatTravelsTests : IDisposable
{
    private readonly WorkerPool _pool = WorkerPool.Processes(2);
    private readonly SemaphoreSlim _gate = new(2); // can't travel
    private readonly HttpClient _client = new();   // the same

    private ComputeOptions Processes => new() { Scheduler = Schedulers.Processes(_pool) };

    public void Dispose()
    {
        _pool.Dispose();
        _gate.Dispose();
        _client.Dispose();
    }

    private async Task<int> Length(int n)
    {
        await _gate.WaitAsync();
        try
        {
            await Task.Yield();
            return n + (_client.DefaultRequestHeaders.Any() ? 1 : 0);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static (int N, int Process) Where(int n) => (n, Environment.ProcessId);

    [Fact]
    public void Asynchronous_functions_capture_what_they_like()
    {
        var fetch = Delayed.Function((int n) => Length(n));
        var where = Delayed.Function((int n) => Where(n));
        var add = Delayed.Function(((int N, int Process) a, int b) => (a.N + b, a.Process));
        (int sum, int process) = add(where(fetch(3)), fetch(4)).Compute(Processes);
        Assert.Equal(7, sum);
        Assert.NotEqual(Environment.ProcessId, process);
    }

    /// <summary>Tuples and lists are put together and taken apart where they are.</summary>
    [Fact]
    public void Items_are_taken_out_where_the_tuple_is()
    {
        var open = Delayed.Function(async (int n) =>
        {
            await Task.Yield();
            return (Gate: _gate, Count: n);
        });
        var triple = Delayed.Function(async (int n) =>
        {
            await Task.Yield();
            return (_gate, n, n + 1);
        });
        var where = Delayed.Function((int n) => Where(n));
        Assert.Equal(3, where(open(3).Item2).Compute(Processes).N);
        (_, Delayed<int> second, Delayed<int> third) = triple(4);
        Assert.Equal(4, where(second).Compute(Processes).N);
        Assert.Equal(5, where(third).Compute(Processes).N);
        Assert.Same(_gate, Delayed.WhenAll([open(1).Item1, open(2).Item1]).Compute(Processes)[1]);
    }

    [Fact]
    public void Binds_capture_what_they_like()
    {
        var locate = Delayed.Function((int n) => Where(n));
        Delayed<(int N, int Process)> value =
            from first in locate(1)
            from second in locate(_gate.CurrentCount == 2 ? first.N + 1 : 0)
            select (second.N, second.Process);
        (int n, int process) = value.Compute(Processes);
        Assert.Equal(2, n);
        Assert.NotEqual(Environment.ProcessId, process);
    }

    [Fact]
    public void Constants_and_persisted_values_of_what_runs_here_stay_here()
    {
        Delayed<SemaphoreSlim> made = Delayed.Call(() => _gate).Persist();
        var enter = Delayed.Function(async (SemaphoreSlim gate, int n) =>
        {
            await gate.WaitAsync();
            gate.Release();
            return n;
        });
        var where = Delayed.Function((int n) => Where(n));
        Assert.Equal(5, where(enter(made, 5)).Compute(Processes).N);
        Assert.Equal(6, where(enter(_gate, 6)).Compute(Processes).N);
        Assert.Equal(2, made.SelectMany(gate => where(gate.CurrentCount)).Compute(Processes).N);
    }

    [Fact]
    public void What_a_call_only_comes_after_stays_here_too()
    {
        var open = Delayed.Function(async () =>
        {
            await Task.Yield();
            return _gate; // a result that can't travel
        });
        var where = Delayed.Function((int n) => Where(n));
        Assert.Equal(1, where(1).After(open(), Delayed.Value(_client)).Compute(Processes).N);
    }

    [Fact]
    public void A_value_that_is_there_already_is_given_back_though_it_cannot_travel()
    {
        var where = Delayed.Function((int n) => Where(n));
        (SemaphoreSlim gate, (int N, int Process) there) = Delayed.Compute(Delayed.Value(_gate), where(2), Processes);
        Assert.Same(_gate, gate);
        Assert.Equal(2, there.N);
    }

    /// <summary>Tasks have their numbers in both processes, also if equal calls are one here and what makes them equal isn't known there.</summary>
    [Fact]
    public void Equal_calls_of_pure_functions_are_made_once()
    {
        int calls = 0;
        var fetch = Delayed.Function(async (SemaphoreSlim gate, int n) =>
        {
            await Task.Yield();
            Interlocked.Increment(ref calls);
            return n + gate.CurrentCount;
        }, pure: true);
        var twice = Delayed.Function((int n) => (2 * n, Environment.ProcessId), pure: true);
        var other = Delayed.Function((int n) => (3 * n, Environment.ProcessId), pure: true);
        Delayed<(int, int)>[] values =
        [
            twice(fetch(_gate, 1)), twice(fetch(_gate, 1)), other(fetch(_gate, 1)), other(fetch(_gate, 2)), twice(fetch(_gate, 2)), twice(3), twice(3), other(3),
        ];
        Assert.Equal([6, 6, 9, 12, 8, 6, 6, 9], Delayed.WhenAll(values).Compute(Processes).Select(value => value.Item1));
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Arrays_take_their_elements_from_what_runs_here()
    {
        var load = Delayed.Function(async (SemaphoreSlim gate, int k) =>
        {
            await gate.WaitAsync();
            gate.Release();
            return Enumerable.Repeat((double)k, 50_000).ToArray();
        }, pure: true);
        ChunkedArray<double>[] parts = [.. Enumerable.Range(0, 6).Select(k => ChunkedArray.FromDelayed(load(_gate, k / 2), shape: [50_000]))];
        ChunkedArray<double> all = ChunkedArray.Concatenate(parts, axis: 0);
        Assert.Equal(1, all.Mean().Compute(Processes));
        var shift = Delayed.Function((double mean) => mean + 1);
        ChunkedArray<double> shifted = all - ChunkedArray.FromDelayed(shift(all.Mean()));
        Assert.Equal(shifted.Std(axis: 0).Compute(), shifted.Std(axis: 0).Compute(Processes));
        var kept = Delayed.Function(async (double mean) =>
        {
            await Length(0);
            return mean;
        });
        Assert.Equal(2, shift(kept(all.Mean())).Compute(Processes));
        Assert.Equal(2, shift(all.Mean()).SelectMany(mean => Delayed.Value(mean)).Compute(Processes with { Optimize = false }));
    }

    [Fact]
    public void What_a_process_would_execute_is_refused_as_before()
    {
        SemaphoreSlim own = _gate;
        var wait = Delayed.Function((int n) => own.CurrentCount + n);
        Assert.Contains(nameof(SemaphoreSlim), Assert.Throws<SerializationException>(() => wait(1).Compute(Processes)).Message);
        var count = Delayed.Function((SemaphoreSlim gate) => gate.CurrentCount);
        Assert.Contains(nameof(SemaphoreSlim), Assert.Throws<SerializationException>(() => count(_gate).Compute(Processes)).Message);
    }
}
