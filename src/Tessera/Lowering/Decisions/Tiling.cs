using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Recipes;

namespace Tessera.Lowering.Decisions;

/// <summary>How the recipes of expressions are cut into cells and tiles while nothing is kept, before there are any recipes: by the same arithmetic.</summary>
internal sealed class Tiling
{
    private readonly Dictionary<ArrayExpression, Alignment> _alignments = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ArrayExpression, long> _bytes = new(ReferenceEqualityComparer.Instance);

    private readonly long _cutAcrossElements;

    /// <param name="inputsFirst">All expressions.</param>
    /// <param name="cutAcrossElements">Elements of a cell that cuts across the storage of a source.</param>
    public Tiling(IEnumerable<ArrayExpression> inputsFirst, long cutAcrossElements)
    {
        _cutAcrossElements = cutAcrossElements;
        foreach (ArrayExpression expression in inputsFirst)
            _alignments.Add(expression, expression.AlignmentOf(AlignmentOf));
    }

    public Alignment AlignmentOf(ArrayExpression expression) => _alignments[expression];

    /// <summary>The extent of a cell of a step that fills a region.</summary>
    public Shape Cell(ArrayExpression expression, Shape extent, Shape? chunks)
    {
        if (chunks is not { } given)
            return Shape.Create(BoxExtent.Of(extent, _alignments[expression], Saving.CellElements));
        var alignment = Alignment.Of(given, expression.Shape);
        var cell = Shape.Create(BoxExtent.Of(extent, alignment, Saving.CellElements));
        return _alignments[expression].Suits(ChunkGrid.Regular(expression.Shape, cell)) ? cell : Shape.Create(BoxExtent.Of(extent, alignment, _cutAcrossElements));
    }

    /// <summary>True if cells of whole chunks of a destination end where no storage chunk does.</summary>
    public bool CutsAcross(ArrayExpression expression, Shape chunks)
    {
        var cell = Shape.Create(BoxExtent.Of(expression.Shape, Alignment.Of(chunks, expression.Shape), Saving.CellElements));
        return !_alignments[expression].Suits(ChunkGrid.Regular(expression.Shape, cell));
    }

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
