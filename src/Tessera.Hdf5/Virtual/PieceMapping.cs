namespace Tessera.Hdf5Format;

/// <summary>Puts elements of a source where they belong in a box of a virtual dataset.</summary>
internal abstract class PieceMapping
{
    /// <summary>Source bytes that are read at once, at most, unless a single row or storage chunk has more.</summary>
    public const long MostBytes = 16 << 20;

    /// <summary>Elements that are read for each that is wanted, at most, where they lie apart.</summary>
    public const double MostGaps = 4;

    /// <param name="target">The elements of the virtual dataset.</param>
    /// <param name="source">Those of the source.</param>
    /// <param name="shape">The source's sizes.</param>
    /// <exception cref="InvalidDataException">There aren't as many of one as of the other, or the source is smaller.</exception>
    public static PieceMapping Of(Selection target, Selection source, Shape shape)
    {
        source = source.Within(shape);
        if (target is BoxSelection to && source is BoxSelection from)
        {
            if (from.Axes.Length != shape.Rank || from.Axes.Where((axis, i) => axis.End > shape[i]).Any())
                throw new InvalidDataException($"It has the sizes {shape}, and elements up to ({string.Join(", ", from.Axes.Select(axis => axis.End))}) are wanted.");
            if (BoxMapping.TryMap(to, from) is { } map)
                return map;
        }

        if (source is BlocksSelection blocks && (blocks.Rank != shape.Rank || Enumerable.Range(0, blocks.Count).Any(block => shape.Where((size, axis) => blocks.High(block, axis) > size).Any())))
            throw new InvalidDataException($"It has the sizes {shape}, and elements beyond them are wanted.");
        return new RowMapping(SelectionTree.Of(target), SelectionTree.Of(source));
    }

    /// <summary>Whether all elements of a box come from this source.</summary>
    public virtual bool Covers(Region region) => false;

    /// <summary>The box of the virtual dataset that is read from one storage chunk of the source; ones where that isn't a box.</summary>
    public virtual long[] ChunkOf(Shape storageChunk, int rank) => [.. Enumerable.Repeat(1L, rank)];

    /// <summary>Fills the elements of a box that come from this source.</summary>
    public abstract void Read(SourceReader source, Region region, Span<byte> destination, Allowance allowance, CancellationToken cancellation);
}
