namespace Tessera.Tests.Arrays;

public class MeanTests
{
    [Fact]
    [Trait("Executor", "cpu")] // so many elements take minutes one by one
    public void The_mean_of_more_integers_than_a_64_bit_sum_holds_does_not_wrap()
    {
        Assert.Equal(uint.MaxValue, ChunkedArray.Full(uint.MaxValue, [(1L << 32) + 100]).Mean().Compute());
        Assert.Equal(int.MinValue, ChunkedArray.Full(int.MinValue, [(1L << 32) + 100]).Mean().Compute());
    }

    [Fact]
    public void The_mean_of_integers_is_exact_where_doubles_would_round_on_the_way()
    {
        // 2^20 * (2^32 - 1) has 52 bits; with 3 more elements of 1 the sum needs all of a double's.
        ChunkedArray<uint> many = ChunkedArray.Full(uint.MaxValue, [1L << 20]);
        ulong sum = ((ulong)uint.MaxValue << 20) + 3;
        Assert.Equal((double)sum / ((1L << 20) + 3), ChunkedArray.Concatenate([many, ChunkedArray.Ones<uint>([3])]).Mean().Compute());
    }

    [Fact]
    public void The_mean_of_nothing_is_NaN_and_keeps_its_shape()
    {
        Assert.Equal([double.NaN, double.NaN], ChunkedArray.Zeros<int>([2, 0]).Mean(axis: 1).Compute());
        Assert.Equal(0, ChunkedArray.Zeros<int>([2, 0]).Mean(axis: 0).Compute().FlattenedLength);
    }
}
