using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Recipes;

namespace Tessera.Lowering.Decisions;

/// <summary>How the recipes of expressions are cut into cells and tiles while nothing is kept, before there are any recipes: by the same arithmetic.</summary>
internal sealed class Tiling
{
    private readonly Dictionary<ArrayExpression, Alignment> _alignments;
    private readonly Dictionary<ArrayExpression, long> _bytes = new(ReferenceEqualityComparer.Instance);

    private readonly long _passElements;

    /// <param name="inputsFirst">All expressions.</param>
    /// <param name="passElements">Elements of a part, where cells cut across the storage of a source; 0 where each cell reads for itself.</param>
    public Tiling(IReadOnlyCollection<ArrayExpression> inputsFirst, long passElements)
    {
        _passElements = passElements;
        _alignments = new(inputsFirst.Count, ReferenceEqualityComparer.Instance);
        Func<ArrayExpression, Alignment> alignmentOf = AlignmentOf;
        Alignment last = Alignment.None(0), other = last; // those that are equal are kept once
        foreach (ArrayExpression expression in inputsFirst)
        {
            Alignment alignment = expression.AlignmentOf(alignmentOf);
            if (alignment.CutsLike(last))
                alignment = last;
            else if (alignment.CutsLike(other))
                alignment = other;
            else
                (last, other) = (alignment, last);
            _alignments.Add(expression, alignment);
        }
    }

    public Alignment AlignmentOf(ArrayExpression expression) => _alignments[expression];

    /// <summary>The extent of a cell of a step that fills a region.</summary>
    public Shape Cell(ArrayExpression expression, Shape extent, Shape? chunks) => Shape.Create(BoxExtent.Of(
        extent, chunks is { } given ? Alignment.Of(given, expression.Shape) : _alignments[expression], Saving.CellElements));

    /// <summary>True if cells of whole chunks of a destination end where no storage chunk does.</summary>
    public bool CutsAcross(ArrayExpression expression, Shape extent, Shape chunks) =>
        !_alignments[expression].Suits(ChunkGrid.Regular(expression.Shape, Cell(expression, extent, chunks)));

    /// <summary>The extent of a part of a step that fills a region in passes; null if it doesn't.</summary>
    public Shape? Part(ArrayExpression expression, Shape extent, Shape? chunks) =>
        _passElements > 0 && chunks is { } given && CutsAcross(expression, extent, given) ? Passes.Of(extent, given, _passElements).Part : null;

    /// <summary>The extent of the tiles in which a kernel goes through a region.</summary>
    public Shape Tile(ArrayExpression elementwise, Shape extent) => Shape.Create(TileCut.Extent(
        extent, _alignments[elementwise], InputBytes(elementwise) + elementwise.ElementType.Size));

    /// <summary>The same for what a reduction takes in.</summary>
    public Shape Tile(Reduce reduce, Shape domain)
    {
        bool[] reduced = [.. Enumerable.Range(0, domain.Rank).Select(reduce.IsReduced)];
        return Shape.Create(TileCut.FoldedExtent(
            domain, _alignments[reduce.Input], InputBytes(reduce.Input), reduce.Reduction.StateBytes, reduced));
    }

    private long InputBytes(ArrayExpression expression)
    {
        if (!_bytes.TryGetValue(expression, out long bytes))
            _bytes.Add(expression, bytes = new Fusion(expression).Inputs.Sum(input => input.IsInMemory ? 0 : (long)input.ElementType.Size));
        return bytes;
    }
}
