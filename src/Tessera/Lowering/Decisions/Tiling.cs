using Tessera.Expressions;
using Tessera.Recipes;

namespace Tessera.Lowering.Decisions;

/// <summary>How the recipes of expressions are cut into cells and tiles while nothing is kept, before there are any recipes: by the same arithmetic.</summary>
internal sealed class Tiling
{
    private readonly Dictionary<ArrayExpression, Alignment> _alignments = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ArrayExpression, long> _bytes = new(ReferenceEqualityComparer.Instance);

    private readonly long _passElements;

    /// <param name="inputsFirst">All expressions.</param>
    /// <param name="passElements">Elements of a part, where cells cut across the storage of a source; 0 where each cell reads for itself.</param>
    public Tiling(IEnumerable<ArrayExpression> inputsFirst, long passElements)
    {
        _passElements = passElements;
        Func<ArrayExpression, Alignment> alignmentOf = AlignmentOf;
        foreach (ArrayExpression expression in inputsFirst)
            _alignments.Add(expression, expression.AlignmentOf(alignmentOf));
    }

    public Alignment AlignmentOf(ArrayExpression expression) => _alignments[expression];

    /// <summary>The extent of a cell of a step that fills a region, or of a part if it is made in passes.</summary>
    public Shape Cell(ArrayExpression expression, Shape extent, Shape? chunks)
    {
        if (chunks is not { } given)
            return Shape.Create(TileCut.Extent(extent, _alignments[expression], Saving.CellElements));
        var alignment = Alignment.Of(given, expression.Shape);
        var cell = Shape.Create(TileCut.Extent(extent, alignment, Saving.CellElements));
        return _passElements == 0 || _alignments[expression].Suits(ChunkGrid.Regular(expression.Shape, cell)) ? cell : Passes.Of(extent, given, _passElements).Part;
    }

    /// <summary>The extent of the tiles in which a kernel goes through a region.</summary>
    public Shape Tile(ArrayExpression elementwise, Shape extent) => Shape.Create(TileCut.Extent(
        extent, _alignments[elementwise], TileCut.Elements(InputBytes(elementwise) + elementwise.ElementType.Size)));

    /// <summary>The same for what a reduction takes in.</summary>
    public Shape Tile(Reduce reduce, Shape domain)
    {
        bool[] reduced = [.. Enumerable.Range(0, domain.Rank).Select(reduce.IsReduced)];
        long bytes = InputBytes(reduce.Input);
        long elements = reduced.Contains(false) ? TileCut.FoldedElements(bytes) : TileCut.Elements(bytes);
        return Shape.Create(TileCut.Extent(domain, _alignments[reduce.Input], elements, TileCut.Elements(bytes + reduce.Reduction.StateBytes), reduced));
    }

    private long InputBytes(ArrayExpression expression)
    {
        if (!_bytes.TryGetValue(expression, out long bytes))
            _bytes.Add(expression, bytes = new Fusion(expression).Inputs.Sum(input => input.IsInMemory ? 0 : (long)input.ElementType.Size));
        return bytes;
    }
}
