using System.Runtime.InteropServices;
using Tessera.Kernels;
using Tessera.Storage;
using Tessera.Tests.Kernels;

namespace Tessera.Tests.Storage;

public class RandomSourceTests
{
    private static readonly RandomDistribution Normal = new RandomDistribution.Normal(0, 1);

    [Fact]
    public void Any_box_holds_the_numbers_that_the_whole_has_there()
    {
        var random = new Random(1);
        foreach ((ElementType type, RandomDistribution distribution) in RandomKernelTests.Cases)
        {
            for (int turn = 0; turn < 12; turn++)
            {
                Shape shape = Shape.Create([.. Enumerable.Range(0, turn % 5).Select(_ => (long)random.Next(1, 12))]);
                var source = new RandomSource(type, shape, distribution, seed: 4, stream: 9);
                byte[] whole = Read(source, new Region(shape));
                Region box = AnyBox(shape, random);
                Assert.True(Cut(whole, type.Size, shape, box).AsSpan().SequenceEqual(Read(source, box)), $"{source.Name} {shape} {box}");
            }
        }
    }

    [Fact]
    public void An_element_is_a_function_of_its_index_in_C_order_whatever_the_rank()
    {
        byte[] flat = Read(new RandomSource(ElementType.Double, [240], Normal, seed: 4, stream: 9), new Region([240]));
        byte[] box = Read(new RandomSource(ElementType.Double, [4, 5, 12], Normal, seed: 4, stream: 9), new Region([4, 5, 12]));
        Assert.Equal(flat, box);
    }

    [Fact]
    public void Boxes_far_into_an_array_beyond_memory_are_read_at_once()
    {
        Shape shape = [1L << 20, 1L << 20, 1L << 20];
        var source = new RandomSource(ElementType.Int32, shape, new RandomDistribution.Integers(0, 255), seed: 4, stream: 9);
        long[] last = [shape[0] - 1, shape[1] - 1, shape[2] - 3];
        int[] tail = MemoryMarshal.Cast<byte, int>(Read(source, new Region(last, [1, 1, 3]))).ToArray();
        var expected = new int[3];
        RandomKernel.Create(ElementType.Int32, new RandomDistribution.Integers(0, 255), seed: 4, stream: 9)
            .Fill((ulong)shape.Length - 3, MemoryMarshal.AsBytes(expected.AsSpan()), RandomWidth.Plain);
        Assert.Equal(expected, tail);
    }

    [Fact]
    public void Long_rows_are_the_same_as_short_ones()
    {
        var source = new RandomSource(ElementType.Byte, [1_000_003], new RandomDistribution.Integers(0, 255), seed: 4, stream: 9);
        byte[] whole = Read(source, new Region(source.Shape));
        for (long start = 0; start < whole.Length; start += 99_991)
        {
            long length = Math.Min(99_991, whole.Length - start);
            Assert.Equal(whole.AsSpan((int)start, (int)length).ToArray(), Read(source, new Region([start], [length])));
        }
    }

    [Fact]
    public void An_empty_box_reads_nothing()
    {
        var source = new RandomSource(ElementType.Double, [4, 0, 5], Normal, seed: 4, stream: 9);
        Assert.Empty(Read(source, new Region(source.Shape)));
    }

    [Fact]
    public void Sources_are_equal_where_every_parameter_is()
    {
        RandomSource source = Uniform();
        Assert.Equal(source, Uniform());
        Assert.Equal(source.GetHashCode(), Uniform().GetHashCode());
        RandomSource[] others =
        [
            new(ElementType.Single, [3, 4], new RandomDistribution.Uniform(0, 1), seed: 1, stream: 2),
            new(ElementType.Double, [4, 3], new RandomDistribution.Uniform(0, 1), seed: 1, stream: 2),
            new(ElementType.Double, [3, 4], new RandomDistribution.Uniform(0, 2), seed: 1, stream: 2),
            new(ElementType.Double, [3, 4], new RandomDistribution.Normal(0, 1), seed: 1, stream: 2),
            new(ElementType.Double, [3, 4], new RandomDistribution.Uniform(0, 1), seed: 2, stream: 2),
            new(ElementType.Double, [3, 4], new RandomDistribution.Uniform(0, 1), seed: 1, stream: 3),
        ];
        Assert.DoesNotContain(source, others);

        static RandomSource Uniform() => new(ElementType.Double, [3, 4], new RandomDistribution.Uniform(0, 1), seed: 1, stream: 2);
    }

    [Fact]
    public void A_source_says_that_any_box_is_cheap()
    {
        var source = new RandomSource(ElementType.Double, [3, 4], Normal, seed: 1, stream: 2);
        Assert.True(source.IsCheap);
        Assert.Equal([1, 1], source.StorageChunks);
        Assert.Equal("random normal 0±1, seed 1, stream 2", source.Name);
    }

    [Fact]
    public void A_cancelled_read_ends()
    {
        var source = new RandomSource(ElementType.Byte, [1 << 20], new RandomDistribution.Integers(0, 9), seed: 1, stream: 2);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => source.Read(new Region(source.Shape), new byte[1 << 20], cancelled));
    }

    private static byte[] Read(RandomSource source, Region region)
    {
        byte[] elements = new byte[region.Length * source.ElementType.Size];
        source.Read(region, elements, CancellationToken.None);
        return elements;
    }

    private static Region AnyBox(Shape shape, Random random)
    {
        long[] start = [.. shape.Select(size => random.Next(3) == 0 ? 0 : random.NextInt64(size))];
        return new Region(start, Shape.Create([.. shape.Select(Extent)]));

        long Extent(long size, int axis) =>
            start[axis] == 0 && random.Next(2) == 0 ? size : random.NextInt64(size - start[axis]) + 1;
    }

    /// <summary>The elements of a box, taken one by one out of those of the whole.</summary>
    private static byte[] Cut(byte[] whole, int size, Shape shape, Region box)
    {
        long[] strides = shape.DenseStrides(), within = box.Extent.DenseStrides();
        byte[] cut = new byte[box.Length * size];
        for (long i = 0; i < box.Length; i++)
        {
            long from = 0;
            for (int axis = 0; axis < shape.Rank; axis++)
                from += (box.Start[axis] + i / within[axis] % box.Extent[axis]) * strides[axis];
            whole.AsSpan((int)from * size, size).CopyTo(cut.AsSpan((int)i * size));
        }

        return cut;
    }
}
