namespace Tessera.Bench;

/// <summary>Frames in memory, cut anew into columns through time.</summary>
internal static class Rechunks
{
    private const int Frames = 256, Size = 2048, Side = 128;

    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("rechunk", "1 GiB byte in memory, chunks (1, 2048, 2048) to (256, 128, 128): `Persist()`", _ => Persisted(), "dask") { Limit = Limit.Copy },
        new("rechunk-blocks", "1 GiB byte in memory, chunks (1, 2048, 2048) to (256, 128, 128), each delivered dense to a sink", _ => Delivered(), "dask") { Limit = Limit.Copy },
    ];

    private static Func<object> Persisted()
    {
        (byte[,,] frames, long expected) = Movie();
        ChunkedArray<byte> x = ChunkedArray.From(frames, chunks: [1, Size, Size]);
        bool isChecked = false;
        return () => Measured.Of(() => x.Rechunk([Frames, Side, Side]).Persist(), cut =>
        {
            if (!isChecked)
                Check(expected, (long)cut.Sum().Compute());
            isChecked = true;
            return cut[0, 0, ..(Case.Element + 1)].Compute()[Case.Element];
        });
    }

    private static Func<object> Delivered()
    {
        (byte[,,] frames, long expected) = Movie();
        ChunkedArray<byte> x = ChunkedArray.From(frames, chunks: [1, Size, Size]);
        var sink = new ChunkMemory([Frames, Size, Size], [Frames, Side, Side]);
        bool isChecked = false;
        return () => Measured.Of(() => Save(x, sink), _ =>
        {
            if (!isChecked)
                Check(expected, sink.Sum());
            isChecked = true;
            return sink[0, Case.Element];
        });
    }

    private static bool Save(ChunkedArray<byte> x, ChunkMemory sink)
    {
        x.Rechunk([Frames, Side, Side]).Save(sink);
        return true;
    }

    private static (byte[,,] Frames, long Sum) Movie()
    {
        var frames = new byte[Frames, Size, Size];
        long sum = 0;
        for (int frame = 0; frame < Frames; frame++)
        {
            for (int row = 0; row < Size; row++)
            {
                for (int column = 0; column < Size; column++)
                    sum += frames[frame, row, column] = (byte)((frame * 31) + (row * 7) + (column * 3));
            }
        }

        return (frames, sum);
    }

    private static void Check(long expected, long sum)
    {
        if (sum != expected)
            throw new InvalidDataException($"The rechunked frames sum up to {sum}, those before to {expected}.");
    }
}
