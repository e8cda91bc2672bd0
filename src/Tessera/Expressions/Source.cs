using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Expressions;

/// <summary>Elements from outside: memory, a file, a formula.</summary>
internal sealed class Source(IBlockSource blocks, ChunkGrid chunks) : ArrayExpression(blocks.ElementType, chunks)
{
    // What each walk over the expression asks for. Several threads may learn it at once; the flag comes last.
    [NonSerialized]
    private Shape _storageChunks;

    [NonSerialized]
    private bool _isCheap;

    [NonSerialized]
    private volatile bool _isKnown;

    public IBlockSource Blocks { get; } = blocks;

    public override bool IsInMemory => Blocks is MemorySource;

    public override bool MayBeKept => !IsInMemory;

    public override bool IsRead => Blocks is not IGeneratedSource;

    public override bool IsAwaited => Blocks.ReadsAsync;

    public override Shape? DecodedChunks => Known._isCheap ? null : _storageChunks;

    private Shape StorageChunks => Known._storageChunks;

    private Source Known
    {
        get
        {
            if (!_isKnown)
                (_storageChunks, _isCheap, _isKnown) = (Blocks.StorageChunks, Blocks.IsCheap, true);
            return this;
        }
    }

    public override double CostOf(Func<ArrayExpression, double> input) => IsInMemory
        ? Cost.Reading(ElementType)
        : (Blocks.Cost.NanosecondsPerByte * ElementType.Size) + (1000 * Blocks.Cost.MicrosecondsPerRead / Math.Max(Cost.ElementsOfARead, StorageChunks.Length));

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) =>
        IsInMemory ? Alignment.None(Shape.Rank) : Alignment.Of(StorageChunks, Shape).WithWholeShortRows(Shape);

    public override string Describe() => Blocks.Name;

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => this;

    public override bool HasSameParameters(ArrayExpression other) => other is Source source && Blocks.Equals(source.Blocks);

    public override int ParametersHash => Blocks.GetHashCode();
}
