using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// What sources that decode whole storage chunks do for what is asked of them.
/// <code>
/// frames of 2048 × 2048, asked for in requests of (64, 512, 2048):   each frame four times
/// </code>
/// </summary>
internal static class Decoding
{
    /// <summary>Parts that are looked at one by one; more of them are counted by what they take on average.</summary>
    private const long MostCounted = 1 << 12;

    /// <summary>Elements that an ask takes, with the rest of the storage chunks that must be decoded for them.</summary>
    public static double AskedOf(ArrayExpression expression, Ask ask)
    {
        double asked = ask.Volume;
        if (expression.DecodedChunks is not { } chunks)
            return asked;

        for (int axis = 0; axis < ask.Box.Rank; axis++)
        {
            long chunk = Math.Min(Math.Max(1, chunks[axis]), Math.Max(1, expression.Shape[axis])), extent = Math.Max(1, ask.Extent[axis]), box = ask.Box.Extent[axis];
            if (chunk == 1)
                continue;

            // Requests of whole chunks begin where chunks do, and those of the whole box decode it once; others touch chunks in part, and mostly more than one,
            // unless they go into a chunk evenly. What a destination cuts begins where the box does.
            (long start, long end) = (ask.Box.Start[axis], ask.Box.End(axis));
            bool isWhole = extent >= box || (extent % chunk == 0 && (!ask.IsInParts || start % chunk == 0)), goesIn = chunk % extent == 0 && start % extent == 0;
            double decoded = isWhole ? Whole(start, end, chunk, expression.Shape[axis]).Size
                : ask.IsInParts && box / extent < MostCounted ? OfParts(start, end, extent, chunk, expression.Shape[axis])
                : box / (double)extent * (goesIn ? 1 : ((extent - 1) / (double)chunk) + 1) * chunk;
            asked *= decoded / box;
        }

        return ask.IsScattered ? Math.Max(2 * asked, 2.0 * ask.Box.Length) : asked;
    }

    /// <summary>A box, with the rest of the storage chunks that it touches.</summary>
    public static Region Whole(ArrayExpression expression, Region box)
    {
        if (expression.DecodedChunks is not { } chunks)
            return box;
        Span<long> start = new long[box.Rank], size = new long[box.Rank];
        for (int axis = 0; axis < box.Rank; axis++)
            (start[axis], size[axis]) = Whole(box.Start[axis], box.End(axis), Math.Max(1, chunks[axis]), expression.Shape[axis]);
        return new Region(start, Shape.Create(size));
    }

    /// <summary>What parts one after another decode: each the chunks that it touches.</summary>
    private static long OfParts(long from, long to, long part, long chunk, long length)
    {
        long decoded = 0;
        for (long start = from; start < to; start += part)
            decoded += Whole(start, Math.Min(to, start + part), chunk, length).Size;
        return decoded;
    }

    private static (long Start, long Size) Whole(long from, long to, long chunk, long length)
    {
        long start = from / chunk * chunk, end = Math.Min(length, (to + chunk - 1) / chunk * chunk);
        return (start, end - start);
    }
}
