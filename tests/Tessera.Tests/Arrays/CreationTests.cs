using System.Numerics.Tensors;

namespace Tessera.Tests.Arrays;

public class CreationTests
{
    [Fact]
    public void Arrays_of_any_rank_and_tensors_keep_their_elements()
    {
        Assert.Equal([3, 1, 2], ChunkedArray.From([3, 1, 2]).Compute());
        Assert.Equal([true, false], ChunkedArray.From([true, false]).Compute());
        Assert.Equal([1f, 2f, 3f, 4f], ChunkedArray.From(new[,] { { 1f, 2f }, { 3f, 4f } }, chunks: [1, 1]).Compute());
        Assert.Equal([1, 2, 2], ChunkedArray.From(new byte[,,] { { { 1, 2 }, { 3, 4 } } }).Compute().Lengths.ToArray());
        Assert.Equal(120, ChunkedArray.From(new ushort[2, 3, 4, 5]).Length);
        Assert.Equal([1, 1, 2, 1, 3], ChunkedArray.FromArray<sbyte>(new sbyte[1, 1, 2, 1, 3]).Shape.ToArray());
        Tensor<double> tensor = Tensor.Create([1.0, 2, 3, 4, 5, 6], [2, 3]);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], ChunkedArray.From(tensor).Compute());
        Assert.Equal([2.0, 3, 5, 6], ChunkedArray.From(tensor.Slice([System.Buffers.NRange.All, 1..])).Compute());
        Assert.Equal([4.0, 5, 6], ChunkedArray.From(tensor.Slice([1.., System.Buffers.NRange.All])).Compute());
    }

    [Fact]
    public void Rows_and_planes_are_written_as_they_look()
    {
        ChunkedArray<double> rows = ChunkedArray.From([[1.0, 2, 3], [4, 5, 6]]);
        Assert.Equal<Shape>([2, 3], rows.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Compute());
        ChunkedArray<int> planes = ChunkedArray.From([[[1, 2]], [[3, 4]], [[5, 6]]], chunks: [1, 1, 2]);
        Assert.Equal<Shape>([3, 1, 2], planes.Shape);
        Assert.Equal(3, planes.Chunks.Count);
        Assert.Equal([2, 4, 6], planes[.., 0, 1].Compute());
        Assert.Equal<Shape>([0, 0], ChunkedArray.From(Array.Empty<int[]>()).Shape);
    }

    /// <summary>What the compiler says of a method whose types it doesn't infer is ours, and no other call is drawn to it.</summary>
    [Fact]
    public void A_method_without_its_types_is_an_error_that_says_what_to_write()
    {
        System.Reflection.MethodInfo method = typeof(Delayed).GetMethod(nameof(Delayed.Function), [typeof(Delegate), typeof(string)])!;
        var error = (ObsoleteAttribute)method.GetCustomAttributes(typeof(ObsoleteAttribute), false).Single();
        Assert.True(error.IsError);
        Assert.Contains("Delayed.Function<int, int>(Method)", error.Message);
        Assert.Equal(3, Delayed.Function(() => 3)().Compute());
    }

    [Fact]
    public void What_changes_in_the_array_before_computing_is_seen()
    {
        int[] elements = [1, 2, 3];
        ChunkedArray<int> x = ChunkedArray.From(elements) + 1;
        elements[1] = 10;
        Assert.Equal([2, 11, 4], x.Compute());
    }

    [Fact]
    public void A_persisted_array_no_longer_changes_and_is_not_computed_again()
    {
        int[] elements = [1, 2, 3];
        ChunkedArray<int> kept = (ChunkedArray.From(elements, chunks: [2]) + 1).Persist();
        elements[1] = 10;
        Assert.Equal([2, 3, 4], kept.Compute());
        Assert.Equal(9, kept.Sum().Compute());
        Assert.Equal("(2,)", kept.Chunks.ToString());
    }

    [Fact]
    public void Constants_fill_their_shape()
    {
        Assert.Equal(new double[6], ChunkedArray.Zeros<double>([2, 3]).Compute());
        Assert.Equal([true, true], ChunkedArray.Ones<bool>([2]).Compute());
        Assert.Equal([1f, 1f], ChunkedArray.Ones<float>([2]).Compute());
        Assert.Equal([7L, 7L, 7L], ChunkedArray.Full(7L, [3], chunks: [2]).Compute());
        Assert.Equal(7, ChunkedArray.Full(7, Shape.Scalar).Compute()[0]);
        Assert.Equal(2, ChunkedArray.Full(2.0, [1000, 1000]).Mean().Compute());
    }

    [Fact]
    public void Ranges_are_exact_for_every_integer_type()
    {
        Assert.Equal([0, 1, 2], ChunkedArray.Arange(3).Compute());
        Assert.Equal([(byte)250, (byte)252, (byte)254], ChunkedArray.Arange<byte>(250, 255, 2).Compute());
        Assert.Equal([5, 3, 1], ChunkedArray.Arange(5, 0, -2).Compute());
        Assert.Equal(0, ChunkedArray.Arange(5, 0, 2).Length);
        Assert.Equal(60_000, ChunkedArray.Arange<short>(-30_000, 30_000, 1).Length);
        Assert.Equal(29_999, ChunkedArray.Arange<short>(-30_000, 30_000, 1)[^1].Compute()[0]);

        // Beyond 2^53 double does not hold every integer.
        const long Start = (1L << 53) + 1;
        Assert.Equal([Start, Start + 1], ChunkedArray.Arange(Start, Start + 2, 1).Compute());
        Assert.Equal([ulong.MaxValue - 2, ulong.MaxValue - 1], ChunkedArray.Arange(ulong.MaxValue - 2, ulong.MaxValue, 1UL).Compute());
        Assert.Equal([long.MinValue, -1, long.MaxValue - 1], ChunkedArray.Arange(long.MinValue, long.MaxValue, long.MaxValue).Compute());
    }

    [Fact]
    public void Ranges_without_a_step_go_from_start_to_stop_by_one()
    {
        Assert.Equal([2, 3, 4], ChunkedArray.Arange(2, 5).Compute());
        Assert.Equal([-1.5, -0.5, 0.5], ChunkedArray.Arange(-1.5, 0.75).Compute());
        Assert.Equal(0, ChunkedArray.Arange(5, 2).Length);
        Assert.Equal(0, ChunkedArray.Arange(5f, 5f).Length);
        Assert.Equal([ulong.MaxValue - 1], ChunkedArray.Arange(ulong.MaxValue - 1, ulong.MaxValue).Compute());
        Assert.Equal("(2,)", ChunkedArray.Arange(1L, 4, chunks: [2]).Chunks.ToString());
        Assert.Equal("(2,)", ChunkedArray.Arange(3, [2]).Chunks.ToString()); // a list is never a stop
    }

    [Fact]
    public void Ranges_of_floating_point_follow_NumPy()
    {
        Assert.Equal([0, 0.25, 0.5, 0.75], ChunkedArray.Arange(0, 1, 0.25).Compute());
        Assert.Equal([1f, 0.5f], ChunkedArray.Arange(1f, 0f, -0.5f).Compute());
        Assert.Equal([0, 0.1, 0.2, 3 * 0.1], ChunkedArray.Arange(0, 0.35, 0.1).Compute());
        Assert.Equal([0, 0.5, 1], ChunkedArray.Linspace(0, 1, 3).Compute());
        Assert.Equal([2.0], ChunkedArray.Linspace(2, 5, 1).Compute());
        Assert.Equal(0, ChunkedArray.Linspace(2, 5, 0).Length);
        Assert.Equal(0.3, ChunkedArray.Linspace(0.1, 0.3, 7, chunks: [2]).Compute()[6]);
    }

    [Fact]
    public void A_function_of_the_index_fills_every_chunk()
    {
        ChunkedArray<int> x = ChunkedArray.FromFunction(index => (int)((10 * index[0]) + index[1]), [3, 4], chunks: [2, 3]);
        Assert.Equal([0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23], x.Compute());
        Assert.Equal([23, 22, 21, 20], x[^1, Slice.Reverse].Compute());
        Assert.Equal(42, ChunkedArray.FromFunction(_ => 42, Shape.Scalar).Compute()[0]);
    }

    [Fact]
    public void Chunks_are_given_as_sizes_as_lists_or_left_out()
    {
        Assert.Equal("(2, [1, 3])", ChunkedArray.Zeros<int>([4, 4], chunks: [2, [1, 3]]).Chunks.ToString());
        Assert.Equal("(4, 4)", ChunkedArray.Zeros<int>([4, 4], chunks: [AxisChunks.Whole, -1]).Chunks.ToString());
        ChunkedArray<double> large = ChunkedArray.Zeros<double>([1000, 1000, 1000]);
        Assert.InRange(large.Chunks.LargestChunk.Length * sizeof(double), 32L << 20, 128L << 20);
        Assert.Equal(1_000, large.Chunks.LargestChunk[^1]);
    }
}
