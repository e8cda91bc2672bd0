namespace Tessera.Hdf5Format.Tests;

/// <summary>Arrays that can't be computed.</summary>
internal static class Failing
{
    /// <summary>Fails with the reading of a row.</summary>
    public static ChunkedArray<T> After<T>(Shape shape, long row, Action? instead = null)
        where T : unmanaged => ChunkedArray.FromSource<T>(new Source(ElementTypes.Of<T>(), shape, row, instead), [.. shape.Select((size, axis) => (AxisChunks)(axis == 0 ? 1 : Math.Max(1, size)))]);

    /// <summary>Fails the test when anything is read.</summary>
    public static ChunkedArray<T> Never<T>(Shape shape)
        where T : unmanaged => ChunkedArray.FromSource<T>(new Source(ElementTypes.Of<T>(), shape, 0, () => Assert.Fail("Something was computed.")), [.. shape.Select(size => (AxisChunks)Math.Max(1, size))]);

    private sealed class Source(ElementType elementType, Shape shape, long row, Action? instead) : IBlockSource
    {
        public string Name => "a source that fails";

        public ElementType ElementType => elementType;

        public Shape Shape => shape;

        public bool IsCheap => false;

        public Shape StorageChunks => [.. shape.Select((size, axis) => axis == 0 ? 1 : Math.Max(1, size))];

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
        {
            destination.Clear();
            if (region.End(0) <= row)
                return;
            if (instead is null)
                throw new InvalidDataException($"row {row} is damaged");
            instead();
        }
    }
}
