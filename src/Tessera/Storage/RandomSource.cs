using Tessera.Kernels;

namespace Tessera.Storage;

/// <summary>
/// An array of random numbers, each a function of seed, stream and its own index (in C order, in the whole shape) alone. So nothing is
/// kept, any box costs its own elements only, and neither chunks nor threads change a number. Sources with the same parameters hold the
/// same numbers and are equal. Immutable.
/// <code>
/// shape (4, 6), region [1..3, 2..5]:   rows of 3 that begin at indexes 1·6 + 2 = 8 and 14
/// shape (4, 6), region [1..3, 0..6]:   the last axis is whole, so one row of 12 that begins at index 6
/// </code>
/// </summary>
internal sealed class RandomSource : IGeneratedSource, IEquatable<RandomSource>
{
    /// <summary>Elements made between two looks at the cancellation: some 0.1 ms of work.</summary>
    private const int Stretch = 1 << 17;

    // Some 10 bytes a nanosecond, as measured on one core with AVX-512, and a logarithm more for each pair of normal numbers.
    private static readonly ReadCost OfOthers = new(0.1, 0.1), OfNormal = new(0.5, 0.1);

    private readonly RandomDistribution _distribution;
    private readonly ulong _seed;
    private readonly uint _stream;
    private readonly RandomKernel _kernel;

    /// <param name="type">An integer type for <see cref="RandomDistribution.Integers"/>, else float or double.</param>
    /// <param name="shape">The sizes of the array.</param>
    /// <param name="distribution">Which numbers; its parameters are in the range of the type.</param>
    /// <param name="seed">The key of the generator.</param>
    /// <param name="stream">Tells apart the arrays of one seed, which would else share their random bits.</param>
    /// <exception cref="NotSupportedException">The distribution has no elements of this type.</exception>
    public RandomSource(ElementType type, Shape shape, RandomDistribution distribution, ulong seed, uint stream)
    {
        _kernel = RandomKernel.Create(type, distribution, seed, stream);
        (_distribution, _seed, _stream) = (distribution, seed, stream);
        (ElementType, Shape) = (type, shape);
        StorageChunks = Shape.Ones(shape.Rank);
    }

    public string Name => $"random {_distribution}, seed {_seed}, stream {_stream}";

    public ElementType ElementType { get; }

    public Shape Shape { get; }

    public Shape StorageChunks { get; }

    public bool IsCheap => true;

    public ReadCost Cost => _distribution is RandomDistribution.Normal ? OfNormal : OfOthers;

    public ITravelForm<IBlockSource> TravelForm => new Form(ElementType, Shape, _distribution, _seed, _stream);

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        if (region.Length == 0)
            return;

        // The row's axis is the last one that is cut; those after it are whole, so their elements follow one another across its indexes.
        int axis = Shape.Rank - 1;
        while (axis > 0 && region.Extent[axis] == Shape[axis])
            axis--;
        int outer = Math.Max(axis, 0);
        long within = 1; // elements behind the row's axis
        for (int behind = axis + 1; behind < Shape.Rank; behind++)
            within *= Shape[behind];
        (long whole, long start, long row) = axis < 0 ? (1, 0, 1) : (Shape[axis] * within, region.Start[axis] * within, region.Extent[axis] * within);

        Span<byte> rest = destination;
        foreach (ReadOnlySpan<long> index in region.Indices(outer))
        {
            long first = (Shape.PositionOf(index) * whole) + start;
            for (long done = 0; done < row;)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = (int)Math.Min(Stretch, row - done);
                _kernel.Fill((ulong)(first + done), rest[..(count * ElementType.Size)]);
                rest = rest[(count * ElementType.Size)..];
                done += count;
            }
        }
    }

    private sealed record Form(ElementType Type, Shape Shape, RandomDistribution Distribution, ulong Seed, uint Stream) : ITravelForm<RandomSource>
    {
        public RandomSource Open() => new(Type, Shape, Distribution, Seed, Stream);
    }

    public bool Equals(RandomSource? other) =>
        other is not null && ElementType == other.ElementType && Shape == other.Shape && _distribution == other._distribution &&
        _seed == other._seed && _stream == other._stream;

    public override bool Equals(object? obj) => Equals(obj as RandomSource);

    public override int GetHashCode() => HashCode.Combine(ElementType, Shape, _distribution, _seed, _stream);
}
