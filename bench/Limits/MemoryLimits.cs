using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Bench;

/// <summary>What memory can do: loops over 1 GiB in vectors of 256 bits at most, which is enough to be bound by memory.</summary>
internal static unsafe class MemoryLimits
{
    private const long Gibibyte = 1L << 30;
    private const int Piece = 4 << 20;
    private const int PieceCount = (int)(Gibibyte / Piece);

    /// <summary>A sum over the doubles that cases sum up.</summary>
    public static Func<object> Read(int threads)
    {
        double[,] x = InMemory.Gibibyte();
        var sums = new double[PieceCount];
        return () =>
        {
            fixed (double* first = x)
            {
                double* start = first;
                Pieces.Run(threads, PieceCount, piece => sums[piece] = Sum(start + ((long)piece * (Piece / sizeof(double))), Piece / sizeof(double)));
            }

            return double.IsFinite(sums.Sum()) ? Gibibyte : throw new InvalidDataException("The sum of finite numbers isn't one.");
        };
    }

    /// <summary>1 GiB to another that has been touched, by stores that go past the caches; counted are the bytes copied, which move twice.</summary>
    public static Func<object> Copy(int threads)
    {
        FreshMemory from = new(Gibibyte, isHuge: true), to = new(Gibibyte, isHuge: true);
        Pieces.Run(threads, PieceCount, piece => new Span<byte>(from.Start + ((long)piece * Piece), Piece).Fill(1));
        return () =>
        {
            Pieces.Run(threads, PieceCount, piece => Copy(from.Start + ((long)piece * Piece), to.Start + ((long)piece * Piece), Piece));
            return Gibibyte;
        };
    }

    /// <summary>Writes one byte to each small page of memory that the process has just been given; giving it back isn't counted.</summary>
    public static Func<object> Touch(int threads, bool isHuge) => () => Measured.Of(() => Touched(threads, isHuge), memory =>
    {
        memory.Dispose();
        return Gibibyte;
    });

    private static FreshMemory Touched(int threads, bool isHuge)
    {
        const int Page = 4096;
        var memory = new FreshMemory(Gibibyte, isHuge);
        Pieces.Run(threads, PieceCount, piece =>
        {
            for (long page = 0; page < Piece; page += Page)
                memory.Start[((long)piece * Piece) + page] = 1;
        });
        return memory;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(double* x, long count)
    {
        Vector<double> a = default, b = default, c = default, d = default;
        int width = Vector<double>.Count;
        for (double* end = x + count; x < end; x += 4 * width)
        {
            a += Vector.Load(x);
            b += Vector.Load(x + width);
            c += Vector.Load(x + (2 * width));
            d += Vector.Load(x + (3 * width));
        }

        return Vector.Sum(a + b + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(byte* from, byte* to, long count)
    {
        int width = Vector<byte>.Count;
        for (byte* end = from + count; from < end; from += 4 * width, to += 4 * width)
        {
            Vector<byte> a = Vector.LoadAligned(from), b = Vector.LoadAligned(from + width), c = Vector.LoadAligned(from + (2 * width)), d = Vector.LoadAligned(from + (3 * width));
            Vector.StoreAlignedNonTemporal(a, to);
            Vector.StoreAlignedNonTemporal(b, to + width);
            Vector.StoreAlignedNonTemporal(c, to + (2 * width));
            Vector.StoreAlignedNonTemporal(d, to + (3 * width));
        }
    }
}
