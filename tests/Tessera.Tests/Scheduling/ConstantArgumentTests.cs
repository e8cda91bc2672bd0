using System.Collections.Immutable;
using Tessera.Expressions;
using Tessera.Serialization;
using Tessera.Storage;

namespace Tessera.Tests.Scheduling;

/// <summary>In processes a call sees its arguments as they were written down, whatever other calls have done to theirs.</summary>
public sealed class ConstantArgumentTests : IDisposable
{
    private readonly WorkerPool _pool = WorkerPool.Processes(1);

    private ComputeOptions Processes => new() { Scheduler = Schedulers.Processes(_pool) };

    public void Dispose() => _pool.Dispose();

    private static int Add(List<int> list, int n)
    {
        list.Add(n);
        return list.Sum();
    }

    [Fact]
    public void A_constant_that_a_call_changes_is_as_it_was_for_the_next()
    {
        List<int> list = [1, 2, 3];
        var add = Delayed.Function((List<int> numbers, int n) => Add(numbers, n));
        IReadOnlyList<int> sums = Delayed.WhenAll(Enumerable.Range(0, 20).Select(n => add(list, n))).Compute(Processes);
        Assert.Equal(Enumerable.Range(0, 20).Select(n => 6 + n), sums);
        Assert.Equal([1, 2, 3], list);
    }

    [Fact]
    public void Large_arrays_and_what_two_arguments_share_are_made_anew_too()
    {
        var large = Enumerable.Range(0, 100_000).ToArray();
        var pair = (large, new Dictionary<string, int[]> { ["same"] = large });
        var change = Delayed.Function((int[] numbers, (int[] Numbers, Dictionary<string, int[]> Named) both, int n) =>
        {
            numbers[0] += n;
            return ReferenceEquals(numbers, both.Numbers) && ReferenceEquals(numbers, both.Named["same"]) ? numbers[0] : -1;
        });
        Assert.Equal(Enumerable.Range(0, 10), Delayed.WhenAll(Enumerable.Range(0, 10).Select(n => change(large, pair, n))).Compute(Processes));
    }

    /// <summary>Nobody can change the elements of an array: calls share them, however many and large they are.</summary>
    [Fact]
    public void Arrays_in_memory_are_no_copies()
    {
        using PersistedArray<int> kept = (new ChunkedRandom(seed: 1).Integers(0, 10, shape: [100, 50]) + 1).Persist();
        ChunkedArray<int> given = ChunkedArray.From(new int[50]);
        object?[] copies = new Copies().Of([kept, given + 1, new List<ChunkedArray<int>> { kept }]);
        Assert.Same(MemoryOf(kept), MemoryOf((ChunkedArray<int>)copies[0]!));
        Assert.Same(MemoryOf(given), MemoryOf((ChunkedArray<int>)copies[1]!));
        Assert.Same(MemoryOf(kept), MemoryOf(((List<ChunkedArray<int>>)copies[2]!)[0]));
    }

    private static MemorySource MemoryOf(ChunkedArray<int> array) =>
        ExpressionOrder.InputsFirst(array.Expression).OfType<Source>().Select(source => source.Blocks).OfType<MemorySource>().First(memory => memory.ConstantBits is null);

    [Fact]
    public void A_persisted_array_is_read_by_every_call()
    {
        using PersistedArray<int> kept = (new ChunkedRandom(seed: 1).Integers(0, 10, shape: [100, 50]) + 1).Persist();
        var sum = Delayed.Function((ChunkedArray<int> array, int k) => array[k, ..].Sum().Compute());
        long[] expected = [.. Enumerable.Range(0, 100).Select(k => kept[k, ..].Sum().Compute())];
        Assert.Equal(expected, Delayed.WhenAll(Enumerable.Range(0, 100).Select(k => sum(kept, k))).Compute(Processes));
    }

    /// <summary>A value that two calls take travels to each.</summary>
    [Fact]
    public void A_computed_value_is_as_it_was_too()
    {
        var make = Delayed.Function(() => new List<int> { 1, 2, 3 });
        var add = Delayed.Function((List<int> numbers, int n) => Add(numbers, n));
        Delayed<List<int>> list = make();
        Assert.Equal([6, 7, 8], Delayed.WhenAll(Enumerable.Range(0, 3).Select(n => add(list, n))).Compute(Processes));
    }

    /// <summary>Whatever the chunks: calls that are sent together share nothing.</summary>
    [Theory, InlineData(null), InlineData(1), InlineData(3), InlineData(100)]
    public void Inputs_of_a_map_that_share_an_object_are_as_they_were(int? chunkSize)
    {
        List<int> list = [1, 2, 3];
        Func<int, int> twice = n => 2 * n;
        var options = new MapOptions { ChunkSize = chunkSize };
        Assert.Equal(Enumerable.Repeat(10, 9), _pool.Map(numbers => Add(numbers, 4), Enumerable.Repeat(list, 9), options));
        Assert.Equal(Enumerable.Range(6, 9), _pool.Map((List<int> numbers, int n) => Add(numbers, n), Enumerable.Range(0, 9).Select(n => (list, n)), options));
        Assert.Equal(
            Enumerable.Range(0, 9).Select(n => 6 + (2 * n)),
            _pool.Map(input => Add(input.Numbers, input.Function(input.N)), Enumerable.Range(0, 9).Select(n => new Input(list, twice, n)), options));
        Assert.Equal([1, 2, 3], list);
    }

    [Fact]
    public async Task Asynchronous_calls_share_nothing_either()
    {
        List<int> list = [1, 2, 3];
        int[] sums = await _pool.MapAsync(
            async numbers =>
            {
                await Task.Yield();
                return Add(numbers, 4);
            },
            Enumerable.Repeat(list, 9));
        Assert.Equal(Enumerable.Repeat(10, 9), sums);
    }

    private sealed record Fixed(int Number, string? Text, ImmutableArray<double> Numbers, (int, string) Pair);

    private sealed record Chain(int Number, Chain? Next);

    private sealed record Loose(int Number, int[] Numbers);

    private sealed class Settable
    {
        public int Number { get; set; }
    }

    private class Open(int number)
    {
        public int Number => number;
    }

    private sealed record HoldsOpen(Open Member);

    [Theory]
    [InlineData(typeof(int), true), InlineData(typeof(string), true), InlineData(typeof((int, string)), true), InlineData(typeof(DateTime), true)]
    [InlineData(typeof(ImmutableList<string>), true), InlineData(typeof(ImmutableArray<int[]>), false), InlineData(typeof(ImmutableArray<int>.Builder), false)]
    [InlineData(typeof(Fixed), true), InlineData(typeof(Loose), false), InlineData(typeof(Settable), false), InlineData(typeof(HoldsOpen), false)]
    [InlineData(typeof(int[]), false), InlineData(typeof(List<int>), false), InlineData(typeof(Func<int>), false), InlineData(typeof(Memory<int>), false)]
    [InlineData(typeof((int, List<int>)), false), InlineData(typeof(Chain), false), InlineData(typeof(object), false), InlineData(typeof(decimal), true)]
    [InlineData(typeof(CancellationToken), false), InlineData(typeof(StringComparison), true), InlineData(typeof(System.Text.StringBuilder), false)]
    public void Only_what_nobody_can_change_is_shared(Type type, bool isFixed) => Assert.Equal(isFixed, FixedTypes.Has(type));

    private sealed record Input(List<int> Numbers, Func<int, int> Function, int N);
}
