using System.Runtime.InteropServices;
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

    public override long Count => grid.Count;

    public Shape Shape => grid.Shape;

    /// <summary>The elements; whoever takes them owns them.</summary>
    public Array Take()
    {
        Array elements = Elements();
        _elements = null;
        return elements;
    }

    /// <summary>Where the first element lies.</summary>
    public unsafe nint Address()
    {
        fixed (byte* first = &MemoryMarshal.GetArrayDataReference(Elements()))
            return (nint)first;
    }

    public override long FreedBytes(long piece) => 0;

    public override void Clear() => _elements = null;

    protected override void Free(long piece, BlockStore blocks)
    {
    }

    private Array Elements()
    {
        lock (_making)
            return _elements ??= allocate(grid.Shape.Length);
    }
}
