using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Kernels;

/// <summary>Vector registers to use: the widest that the machine has, or one that a test asks for.</summary>
internal enum RandomWidth : byte { Widest, Plain, Bits128, Bits256, Bits512 }

/// <summary>Fills rows with random elements, each a function of its index alone. Immutable, and used by many threads at once.</summary>
internal abstract class RandomKernel
{
    /// <summary>The kernel of a distribution.</summary>
    /// <exception cref="NotSupportedException">The distribution has no elements of this type.</exception>
    public static RandomKernel Create(ElementType type, RandomDistribution distribution, ulong seed, uint stream)
    {
        var philox = new Philox(seed, stream);
        return (distribution, type) switch
        {
            (RandomDistribution.Integers integers, { IsInteger: true }) =>
                ElementTypeTable.Do<MakeIntegers, (Philox Philox, RandomDistribution.Integers Integers), RandomKernel>(type, (philox, integers)),
            (RandomDistribution.Uniform uniform, ElementType.Single) =>
                new RandomKernel<float, UniformSingles>(new UniformSingles(philox, uniform)),
            (RandomDistribution.Uniform uniform, ElementType.Double) =>
                new RandomKernel<double, UniformDoubles>(new UniformDoubles(philox, uniform)),
            (RandomDistribution.Normal normal, ElementType.Single) =>
                new RandomKernel<float, NormalElements<float>>(new NormalElements<float>(philox, normal)),
            (RandomDistribution.Normal normal, ElementType.Double) =>
                new RandomKernel<double, NormalElements<double>>(new NormalElements<double>(philox, normal)),
            _ => throw new NotSupportedException(
                $"Random elements of type {type.Name} were asked for with the distribution {distribution}. Integers have integer types; " +
                "uniform and normal numbers are float or double. Draw one of these and Cast it."),
        };
    }

    /// <summary>Writes the elements from index <paramref name="first"/> on: as many as the bytes of <paramref name="destination"/> hold.</summary>
    public abstract void Fill(ulong first, Span<byte> destination, RandomWidth width = RandomWidth.Widest);

    private readonly struct MakeIntegers : IElementWork<(Philox Philox, RandomDistribution.Integers Integers), RandomKernel>
    {
        public static RandomKernel Boolean((Philox Philox, RandomDistribution.Integers Integers) drawn) => throw new UnreachableException();

        public static RandomKernel Integer<T>((Philox Philox, RandomDistribution.Integers Integers) drawn)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => BoundedIntegers32<T>.Suits(drawn.Integers)
                ? new RandomKernel<T, BoundedIntegers32<T>>(new BoundedIntegers32<T>(drawn.Philox, drawn.Integers))
                : new RandomKernel<T, BoundedIntegers64<T>>(new BoundedIntegers64<T>(drawn.Philox, drawn.Integers));

        public static RandomKernel FloatingPoint<T>((Philox Philox, RandomDistribution.Integers Integers) drawn)
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => throw new UnreachableException();
    }
}

/// <summary>Elements of one distribution, one by one and by the group of <see cref="DrawOrder"/>.</summary>
internal interface IRandomElements<T>
    where T : unmanaged
{
    /// <summary>Elements in a group: of 32-bit or of 64-bit draws.</summary>
    static abstract int GroupLength { get; }

    /// <summary>The element of an index: the plain text of the distribution, which the groups equal bit for bit.</summary>
    T At(ulong index);

    /// <summary>
    /// The elements from <paramref name="group"/> × <see cref="GroupLength"/> on, of as many groups as the lanes hold. Their counters have the same
    /// high word.
    /// </summary>
    void Groups<TLanes>(ulong group, ref T destination)
        where TLanes : struct, ILanes<TLanes>;
}

/// <inheritdoc/>
internal sealed class RandomKernel<T, TElements>(TElements elements) : RandomKernel
    where T : unmanaged
    where TElements : struct, IRandomElements<T>
{
    private readonly TElements _elements = elements;

    public override void Fill(ulong first, Span<byte> destination, RandomWidth width = RandomWidth.Widest)
    {
        Span<T> row = MemoryMarshal.Cast<byte, T>(destination);
        if (width == RandomWidth.Bits512 || (width == RandomWidth.Widest && Lanes512.IsSupported))
            Fill<Lanes512>(first, row);
        else if (width == RandomWidth.Bits256 || (width == RandomWidth.Widest && Lanes256.IsSupported))
            Fill<Lanes256>(first, row);
        else if (width == RandomWidth.Bits128 || (width == RandomWidth.Widest && Lanes128.IsSupported))
            Fill<Lanes128>(first, row);
        else
            FillPlainly(first, row);
    }

    private void FillPlainly(ulong first, Span<T> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = _elements.At(first + (ulong)i);
    }

    /// <summary>
    /// Whole groups straight into the row, as many at once as the lanes hold; those that the row only begins or ends among are made beside it, as many
    /// again at once, and copied in part.
    /// </summary>
    [SkipLocalsInit]
    private void Fill<TLanes>(ulong first, Span<T> row)
        where TLanes : struct, ILanes<TLanes>
    {
        int length = TElements.GroupLength, step = length * TLanes.Groups;
        Span<T> aside = stackalloc T[DrawOrder.Words * TLanes.Groups];
        (ulong group, ulong before) = Math.DivRem(first, (ulong)length);
        while (row.Length > 0)
        {
            int times = before == 0 ? row.Length / step : 0, count = times * step;
            if (times > 0)
            {
                FillGroups<TLanes>(group, times, ref row[0]);
            }
            else
            {
                FillGroups<TLanes>(group, times: 1, ref aside[0]);
                count = Math.Min(step - (int)before, row.Length);
                aside.Slice((int)before, count).CopyTo(row);
            }

            group += (ulong)Math.Max(times, 1) * (ulong)TLanes.Groups;
            before = 0;
            row = row[count..];
        }
    }

    /// <summary>
    /// Compiled once, in full: a first run is over before the runtime would have found out that this loop is worth it. And never inlined:
    /// as a part of a method compiled by its profile, the loop took four times as long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void FillGroups<TLanes>(ulong group, int times, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        TElements elements = _elements;
        for (int i = 0; i < times; i++)
        {
            if (DrawOrder.HaveSameHighWord(group, TLanes.Groups))
                elements.Groups<TLanes>(group, ref destination);
            else
                FillOneByOne(group, TLanes.Groups, ref destination);
            group += (ulong)TLanes.Groups;
            destination = ref Unsafe.Add(ref destination, TElements.GroupLength * TLanes.Groups);
        }
    }

    /// <summary>
    /// The groups of a step one by one, where the counters' low word begins again within it: once in 2^32 counters, and with lanes of several groups only.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillOneByOne(ulong group, int count, ref T destination)
    {
        for (int i = 0; i < count; i++)
            _elements.Groups<Lanes256>(group + (ulong)i, ref Unsafe.Add(ref destination, TElements.GroupLength * i));
    }
}
