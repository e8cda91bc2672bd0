using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>Gets the inputs of a fused kernel, tile by tile, ready for rows along the inner axis.</summary>
internal sealed class CpuInputs
{
    private readonly CpuRecipe[] _inputs;
    private readonly bool[] _packs; // inputs whose rows may have to be put together
    private readonly bool[] _packsParts; // inputs of short rows that lie dense as a whole, but not every part of them

    public CpuInputs(FusedInputs fused, CpuRecipe[] inputs)
    {
        (Fused, _inputs) = (fused, inputs);
        (_packs, _packsParts) = (new bool[inputs.Length], new bool[inputs.Length]);
        for (int i = 0; i < inputs.Length; i++)
        {
            CpuRecipe input = inputs[i];
            bool inPlace = IsUsedInPlace(i);
            if (fused.InnerAxis >= 0 && !IsScalar(i))
            {
                _packs[i] = !inPlace && !(fused.HasShortRows ? input.GetsDense : input.HasDenseRows(fused.InnerAxis));
                _packsParts[i] = inPlace && fused.HasShortRows;
            }

            BytesPerElement += inPlace ? 0 : input.ElementType.Size;
        }
    }

    /// <summary>What they are.</summary>
    public FusedInputs Fused { get; }

    public int Count => _inputs.Length;

    /// <summary>Bytes of working memory for each element of a tile: none for what can be used where it lies.</summary>
    public long BytesPerElement { get; }

    /// <summary>The inputs over a tile.</summary>
    public void Get(Region tile, Span<Tile> operands, TaskContext context)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            Tile operand = _inputs[i].Get(tile, context);
            if (Fused.InnerAxis >= 0 && !IsScalar(i) && !IsReady(operand, tile.Extent, _inputs[i].ElementType))
                operand = Pack(operand, tile.Extent, _inputs[i].ElementType, context);
            operands[i] = operand;
        }
    }

    /// <summary>
    /// An upper bound of the scratch bytes that <see cref="Get"/> takes for a tile within a region. What an input needs beside its elements is free again
    /// before the next one is got.
    /// </summary>
    public long ScratchBytes(Region within, Shape tile)
    {
        long got = 0, most = 0;
        for (int i = 0; i < _inputs.Length; i++)
        {
            ElementType type = _inputs[i].ElementType;
            bool packs = _packs[i] || (_packsParts[i] && !Tile.Dense(0, Fused.Shape, type).IsDense(tile, type));
            most = Math.Max(most, got + _inputs[i].ScratchBytes(within, tile));
            got += _inputs[i].GotBytes(within, tile) + (packs ? Scratch.Rounded(tile.Length * type.Size) : 0);
            most = Math.Max(most, got);
        }

        return most;
    }

    /// <summary>True for an input that the kernel takes one element of for a row.</summary>
    private bool IsScalar(int input) => Fused.Program.Inputs[input].IsScalar;

    /// <summary>Rows must be dense; short ones must follow one another, so that many make one row.</summary>
    private bool IsReady(Tile operand, Shape extent, ElementType type) => Fused.HasShortRows
        ? operand.IsDense(extent, type)
        : operand.Strides[Fused.InnerAxis] == type.Size;

    private static Tile Pack(Tile operand, Shape extent, ElementType type, TaskContext context)
    {
        Tile dense = Tile.Dense(context.Scratch.Take(extent.Length * type.Size), extent, type);
        StridedCopy.Copy(operand.Address, operand.Strides, dense.Address, dense.Strides, extent.AsSpan(), type.Size);
        return dense;
    }

    /// <summary>True where a tile of the input is a look at memory whose rows are dense, or one element a row.</summary>
    private bool IsUsedInPlace(int input) =>
        _inputs[input].IsInMemory && Fused.Shape.Length > 0 && Fused.InnerAxis >= 0 &&
        _inputs[input].TryView(new Region(Fused.Shape), blocks: null, out Tile whole) &&
        (IsScalar(input) || IsReady(whole, Fused.Shape, _inputs[input].ElementType));
}
