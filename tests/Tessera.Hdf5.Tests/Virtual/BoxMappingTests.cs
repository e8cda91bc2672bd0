namespace Tessera.Hdf5Format.Tests;

/// <summary>How boxes of a virtual dataset are read from a source whose storage chunks are expensive.</summary>
public sealed class BoxMappingTests
{
    [Fact]
    public void Frames_larger_than_what_is_read_at_once_are_decoded_once_each()
    {
        Shape shape = Shape.Create([3, 5000, 4000]); // frames of 20 MB
        var source = new Counting(shape, Shape.Create([1, 5000, 4000]));
        BoxSelection whole = Whole(shape);
        var region = new Region([1, 0, 0], Shape.Create([2, 5000, 4000]));
        PieceMapping.Of(whole, whole, shape).Read(source.Reader, region, new byte[region.Length], new Allowance(region.Length), CancellationToken.None);
        Assert.Equal([1L, 2], source.Seen.Select(box => box.Start[0]));
        Assert.All(source.Seen, box => Assert.Equal(20_000_000, box.Length));
    }

    [Fact]
    public void Each_twentieth_element_along_two_axes_is_no_damage()
    {
        Shape shape = Shape.Create([4000, 4000]), small = Shape.Create([200, 200]);
        var source = new Counting(shape, Shape.Create([1000, 1000]));
        var every = new AxisSelection(0, 20, 1, 200);
        PieceMapping.Of(Whole(small), new BoxSelection([every, every]), shape)
            .Read(source.Reader, new Region(small), new byte[small.Length], new Allowance(small.Length), CancellationToken.None);
        Assert.NotEmpty(source.Seen);
    }

    private static BoxSelection Whole(Shape shape) => new([.. shape.Select(AxisSelection.Whole)]);

    /// <summary>Elements of a byte in compressed chunks, which notes what is read of them.</summary>
    private sealed class Counting(Shape shape, Shape chunk) : StorageReader(null!, shape, NumberFormat.Raw(1))
    {
        private readonly Shape _shape = shape;

        public override Shape StorageChunks => chunk;

        public override bool IsCheap => false;

        public override long WorkingBytes(Region region) => 0;

        public List<Region> Seen { get; } = [];

        public SourceReader Reader => new(this, _shape, 1, 1, null);

        public override void Read(Region region, Span<byte> destination, CancellationToken cancellation) => Seen.Add(region);
    }
}
