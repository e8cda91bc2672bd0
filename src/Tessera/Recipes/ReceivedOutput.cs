using Tessera.Steps;

namespace Tessera.Recipes;

/// <summary>
/// One managed array, made when the first of its cells is filled. Its bytes go on in the value that is made of it, so no cell frees any.
/// </summary>
/// <param name="grid">Cells of the elements.</param>
/// <param name="allocate">Makes the array, which must stay where it is.</param>
internal sealed class ReceivedOutput(ChunkGrid grid, Func<long, Array> allocate) : StepOutput
{
    private readonly Lock _making = new();
    private Array? _elements;
    private long _freed; // cells whose reader is done

    public override long Count => grid.Count;

    public Shape Shape => grid.Shape;

    /// <summary>The elements, the same each time: a task that is done again makes the same value of them.</summary>
    public Array Elements()
    {
        lock (_making)
            return _elements ??= allocate(grid.Shape.Length);
    }

    public override long FreedBytes(long piece) => 0;

    public override void Clear() => _elements = null;

    /// <summary>The task that makes the value reads all cells; once it is done with the last, the value alone has the elements.</summary>
    protected override void Free(long piece, BlockStore blocks)
    {
        if (Interlocked.Increment(ref _freed) == Count)
            _elements = null;
    }
}
