using System.Numerics;
using Tessera.Kernels;
using Tessera.Storage;

namespace Tessera;

/// <summary>
/// Makes lazy random arrays. Every element is a function of the seed, of the order of the calls on this object, and of its index alone:
/// the same seed gives the same numbers whatever the chunks, the scheduler and the number of workers, and a slice makes only itself.
/// Parameters of the distribution come first, then shape and chunks, as in NumPy's Generator.
/// The generator is Philox 4×32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011).
/// </summary>
/// <param name="seed">Any number.</param>
public sealed class ChunkedRandom(long seed)
{
    private int _calls = -1;

    /// <summary>The seed.</summary>
    public long Seed => seed;

    /// <summary>Integers from <paramref name="low"/> up to but not including <paramref name="high"/>, each equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="high"/> is not above <paramref name="low"/>.</exception>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    public ChunkedArray<int> Integers(int low, int high, Shape shape, Chunks chunks = default) => Integers<int>(low, high, shape, chunks);

    /// <summary>Integers of any type from <paramref name="low"/> up to but not including <paramref name="high"/>, each equally likely.</summary>
    /// <inheritdoc cref="Integers(int, int, Shape, Chunks)"/>
    public ChunkedArray<T> Integers<T>(T low, T high, Shape shape, Chunks chunks = default)
        where T : unmanaged, IBinaryInteger<T> => high > low
            ? Next<T>(new RandomDistribution.Integers(Int128.CreateChecked(low), Int128.CreateChecked(high)), shape, chunks)
            : throw new ArgumentOutOfRangeException(nameof(high), $"Integers from {low} up to but not including {high} were asked for; high must be above low.");

    /// <summary>Evenly distributed numbers from 0 up to but not including 1.</summary>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    public ChunkedArray<double> Uniform(Shape shape, Chunks chunks = default) => Uniform<double>(0, 1, shape, chunks);

    /// <summary>Evenly distributed numbers from 0 up to but not including 1, as float or double.</summary>
    /// <inheritdoc cref="Uniform(Shape, Chunks)"/>
    public ChunkedArray<T> Uniform<T>(Shape shape, Chunks chunks = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Uniform<T>(0, 1, shape, chunks);

    /// <summary>Evenly distributed numbers from <paramref name="low"/> up to but not including <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ends aren't finite, or <paramref name="high"/> is below <paramref name="low"/>.</exception>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    public ChunkedArray<double> Uniform(double low, double high, Shape shape, Chunks chunks = default) => Uniform<double>(low, high, shape, chunks);

    /// <summary>Evenly distributed numbers, as float or double.</summary>
    /// <exception cref="NotSupportedException"><see cref="Half"/> was asked for; draw floats and cast them.</exception>
    /// <inheritdoc cref="Uniform(double, double, Shape, Chunks)"/>
    public ChunkedArray<T> Uniform<T>(double low, double high, Shape shape, Chunks chunks = default)
        where T : unmanaged, IFloatingPointIeee754<T> => double.IsFinite(high - low) && high >= low
            ? Next<T>(new RandomDistribution.Uniform(low, high), shape, chunks)
            : throw new ArgumentOutOfRangeException(nameof(high), $"Numbers from {low} to {high} were asked for; both must be finite and in order.");

    /// <summary>Normally distributed numbers of mean 0 and standard deviation 1.</summary>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    public ChunkedArray<double> Normal(Shape shape, Chunks chunks = default) => Normal<double>(0, 1, shape, chunks);

    /// <summary>Normally distributed numbers of mean 0 and standard deviation 1, as float or double.</summary>
    /// <inheritdoc cref="Normal(Shape, Chunks)"/>
    public ChunkedArray<T> Normal<T>(Shape shape, Chunks chunks = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Normal<T>(0, 1, shape, chunks);

    /// <summary>Normally distributed numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean isn't finite, or the deviation isn't finite or is negative.</exception>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    public ChunkedArray<double> Normal(double mean, double standardDeviation, Shape shape, Chunks chunks = default) =>
        Normal<double>(mean, standardDeviation, shape, chunks);

    /// <summary>Normally distributed numbers, as float or double.</summary>
    /// <exception cref="NotSupportedException"><see cref="Half"/> was asked for; draw floats and cast them.</exception>
    /// <inheritdoc cref="Normal(double, double, Shape, Chunks)"/>
    public ChunkedArray<T> Normal<T>(double mean, double standardDeviation, Shape shape, Chunks chunks = default)
        where T : unmanaged, IFloatingPointIeee754<T> => double.IsFinite(mean) && double.IsFinite(standardDeviation) && standardDeviation >= 0
            ? Next<T>(new RandomDistribution.Normal(mean, standardDeviation), shape, chunks)
            : throw new ArgumentOutOfRangeException(
                nameof(standardDeviation), $"A mean of {mean} and a standard deviation of {standardDeviation} were given; both must be finite, and the deviation 0 or more.");

    // Each call draws from a stream of its own.
    private ChunkedArray<T> Next<T>(RandomDistribution distribution, Shape shape, Chunks chunks)
        where T : unmanaged => ChunkedArray.FromSource<T>(
            new RandomSource(ElementTypes.Of<T>(), shape, distribution, (ulong)seed, (uint)Interlocked.Increment(ref _calls)), chunks);
}
