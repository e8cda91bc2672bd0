using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Memory;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera;

/// <summary>Memory outside the garbage-collected heap that an array is computed into. Unless it was filled, disposing gives it back.</summary>
internal sealed class PersistedRoom : IDisposable
{
    private readonly ArrayExpression _expression;
    private Block? _block;

    public PersistedRoom(ArrayExpression expression, long bytes)
    {
        (_expression, Bytes) = (expression, bytes);
        _block = BlockPool.Shared.Rent(bytes);
        _block.Keep();
        Output = new(expression, new MemoryDestination(_block.Address, expression.ElementType, expression.Shape));
    }

    public long Bytes { get; }

    /// <summary>What to compute.</summary>
    public PlannedOutput Output { get; }

    /// <summary>The elements, which own the memory from now on.</summary>
    public MemorySource Filled()
    {
        Block block = _block!;
        _block = null;
        (ElementType type, Shape shape) = (_expression.ElementType, _expression.Shape);
        return new MemorySource($"persisted {type.Name} {shape}", type, shape, block.Address, new KeptMemory(block));
    }

    public void Dispose() => _block?.Dispose();
}
