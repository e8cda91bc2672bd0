using System.Runtime.InteropServices;

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

    /// <summary>In another process than the one that has the array: where the cell that is filled next lies, dense in C order. Else 0.</summary>
    public nint Placed { get; set; }

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

    protected override void Free(long piece)
    {
    }

    private Array Elements()
    {
        lock (_making)
            return _elements ??= allocate(grid.Shape.Length);
    }
}
