namespace Tessera.Tests.Arrays;

/// <summary>Slices of arrays that are chunked, changed and sliced again, against the same done to a list.</summary>
public class SliceChainTests
{
    private static readonly long[] Steps = [1, 2, 3, 8, -1, -2, -3, -8];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_slice_of_a_short_axis_takes_what_a_list_has_there(int chunk)
    {
        for (int length = 0; length <= 5; length++)
        {
            ChunkedArray<int> x = ChunkedArray.Arange(length, chunks: [chunk]) + 0;
            int[] plain = [.. Enumerable.Range(0, length)];
            Index?[] bounds = [null, 0, 1, 3, 5, 7, ^0, ^1, ^2, ^5, ^7];
            foreach ((Index? start, Index? stop, long step) in from start in bounds from stop in bounds from step in Steps select (start, stop, step))
            {
                ChunkedArray<int> y = x[Slice.Of(start, stop, step)];
                Assert.Equal(Taken(plain, start, stop, step), y.Compute().ToArray());
                Assert.Equal(y.Length, y.Chunks[0].Sum());
            }
        }
    }

    [Fact]
    public void Slices_of_slices_with_arithmetic_and_rechunks_between_take_what_a_list_has()
    {
        var random = new Random(5);
        for (int turn = 0; turn < 1000; turn++)
        {
            int length = random.Next(40);
            ChunkedArray<long> x = ChunkedArray.Arange((long)length, [random.Next(1, 9)]);
            long[] plain = [.. Enumerable.Range(0, length)];
            for (int k = random.Next(1, 7); k > 0; k--)
            {
                Index start = new(random.Next(12), random.Next(2) == 0), stop = new(random.Next(12), random.Next(2) == 0);
                long step = random.Next(2) == 0 ? random.Next(1, 4) : -random.Next(1, 4);
                (x, plain) = (x[Slice.Of(start, stop, step)], Taken(plain, start, stop, step));
                if (random.Next(3) == 0)
                    (x, plain) = ((x * 3) - 1, [.. plain.Select(value => (value * 3) - 1)]);
                if (random.Next(4) == 0)
                    x = x.Rechunk([random.Next(1, 5)]);
            }

            Assert.Equal(plain, x.Compute().ToArray());
            Assert.Equal(plain.Sum(), x.Sum().Compute());
        }
    }

    /// <summary>Python's rules: bounds beyond an end are that end, in the direction of the step.</summary>
    private static T[] Taken<T>(T[] plain, Index? start, Index? stop, long step)
    {
        int length = plain.Length, lowest = step < 0 ? -1 : 0, highest = step < 0 ? length - 1 : length;
        int from = start is { } s ? Math.Clamp(s.GetOffset(length), lowest, highest) : step < 0 ? highest : lowest;
        int to = stop is { } e ? Math.Clamp(e.GetOffset(length), lowest, highest) : step < 0 ? lowest : highest;
        var taken = new List<T>();
        for (int i = from; step > 0 ? i < to : i > to; i += (int)step)
            taken.Add(plain[i]);
        return [.. taken];
    }
}
